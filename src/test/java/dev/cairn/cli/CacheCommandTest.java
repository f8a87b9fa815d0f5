package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.oci.Image;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        CacheDirectory cache = new CacheDirectory(folder);
        byte[] fact = "0123456789".getBytes(StandardCharsets.US_ASCII);
        cache.records().write("fact-1", Digest.of(fact), fact);
        Files.createDirectories(folder.resolve("aot"));
        Files.write(folder.resolve("aot/x.aot"), new byte[2000]);
    }

    @Test
    void infoTellsWhereAndHowMuch() {
        Ran ran = Ran.cairn("--cache", folder.toString(), "cache", "info");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo(folder + """

                content          0 B   0 files
                records         75 B   1 file
                documents        0 B   0 files
                partial          0 B   0 files
                roots            0 B   0 files
                aot           2.0 kB   1 file
                total         2.1 kB
                """);
    }

    @Test
    void infoAsJson() {
        Ran ran = Ran.cairn("cache", "info", "--cache", folder.toString(), "-o", "json");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("\"folder\" : \"" + folder + "\"", "\"bytes\" : 2000");
        assertThat(Ran.cairn("cache", "info", "-o", "xml").code()).isEqualTo(2);
    }

    @Test
    void cleanDeletesPartsOrAll() {
        Ran ran = Ran.cairn("--cache", folder.toString(), "cache", "clean", "records");
        assertThat(ran.err()).isEqualTo("deleted 75 B from " + folder + "\n");
        assertThat(folder.resolve("records")).doesNotExist();
        assertThat(folder.resolve("aot/x.aot")).exists();
        assertThat(Ran.cairn("-q", "--cache", folder.toString(), "cache", "clean")
                        .err())
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void cleanLeavesTheRootThatARunUses() throws IOException {
        Image image = SmallImages.image(SmallImages.file("etc/motd", "hi"));
        CacheDirectory cache = new CacheDirectory(folder);
        try (UnpackedImages.Root used = UnpackedImages.in(cache).root(image)) {
            Ran.cairn("--cache", folder.toString(), "cache", "clean", "roots");
            assertThat(used.folder().resolve("etc/motd")).hasContent("hi");
        }
        assertThat(Ran.cairn("--cache", folder.toString(), "cache", "info").out())
                .containsPattern("roots +2 B");
        Ran.cairn("--cache", folder.toString(), "cache", "clean", "roots");
        assertThat(folder.resolve("roots")).doesNotExist();
    }

    @Test
    void cleanKnowsItsParts() {
        Ran ran = Ran.cairn("--cache", folder.toString(), "cache", "clean", "record");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("cairn: error: the cache has no part 'record'\ntry: records\n");
        assertThat(folder.resolve("records")).exists();
    }
}
