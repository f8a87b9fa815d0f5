package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.SignedDebRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebFileTest {
    @TempDir
    private Path folder;

    private Path build(DebSpec spec) throws IOException {
        return SignedDebRepository.in(folder).add("s", spec);
    }

    private static DebSpec spec() {
        return DebSpec.of("thing", "1:2.0-1")
                .field("Multi-Arch", "same")
                .file("usr/lib/thing", "content")
                .conffile("etc/thing.conf", "x=1\n")
                .control("postinst", "#!/bin/sh\n")
                .control("triggers", "interest-noawait ldconfig\ninterest /usr/lib\nactivate other\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "gz", "zst", ""})
    void readsEveryCompression(String compression) throws IOException {
        DebFile deb = DebFile.open(build(spec().compression(compression)));
        assertThat(deb.control().get("version")).isEqualTo("1:2.0-1");
        assertThat(deb.controlFiles()).containsKeys("control", "conffiles", "md5sums", "postinst", "triggers");
        List<String> paths = new ArrayList<>();
        try (InputStream data = deb.openData()) {
            TarReader tar = new TarReader(data, TarLimits.STANDARD);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                paths.add(entry.path());
            }
        }
        assertThat(paths).containsExactly("", "usr", "usr/lib", "usr/lib/thing", "etc", "etc/thing.conf");
    }

    @Test
    void damageIsRefusedCleanly() throws IOException {
        byte[] whole = Files.readAllBytes(build(spec().compression("")));
        Path damagedFile = folder.resolve("damaged.deb");
        Mutations.of(whole, 11, 400, damaged -> {
            Files.write(damagedFile, damaged);
            try (InputStream data = DebFile.open(damagedFile).openData()) {
                data.transferTo(OutputStream.nullOutputStream());
            } catch (DebException | ArchiveException | IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }
}
