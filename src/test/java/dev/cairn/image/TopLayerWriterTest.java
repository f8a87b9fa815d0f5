package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.GzipMembers;
import dev.cairn.archive.TarEntry;
import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.image.layer.LayerContent;
import dev.cairn.image.layer.LayerForm;
import dev.cairn.image.layer.LayerStore;
import dev.cairn.image.layer.Piece;
import dev.cairn.image.layer.StoredLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopLayerWriterTest {
    private static final String LONG = "a line of some file\n".repeat(500);

    @TempDir
    Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TopTree tree() {
        TopTree top = Installed.top();
        top.file("usr/big", 0644, utf8(LONG), "test");
        top.file(
                "etc/parts",
                0600,
                List.of(Piece.of(utf8("short\n")), Piece.of(utf8(LONG)), Piece.of(utf8("end"))),
                "test");
        top.file("etc/empty", 0644, new byte[0], "test");
        top.file("etc/block", 0644, new byte[512], "test");
        top.directory("etc", 0755, 0, 0, "test");
        top.directory("usr", 0700, 4, 5, "test");
        top.symlink("bin", "usr/bin", "test");
        top.put(new TopTree.Entry(TarEntry.hardlink("etc/also", "usr/big"), List.of(), "test"));
        return top;
    }

    private CacheDirectory cache(String name) {
        return new CacheDirectory(folder.resolve(name));
    }

    private static StoredLayer write(CacheDirectory cache, TopTree tree) throws IOException {
        return new TopLayerWriter(cache.content()).write(tree);
    }

    @Test
    void anotherImplementationReadsWhatWasPutIn() throws IOException {
        CacheDirectory cache = cache("one");
        StoredLayer stored = write(cache, tree());
        LayerContent content = LayerContent.of(new LayerStore(cache.content(), cache.records()).layer(stored));

        assertThat(content.paths())
                .containsExactly("bin", "etc", "etc/block", "etc/empty", "etc/parts", "usr", "usr/big", "etc/also");
        assertThat(content.at("etc/parts").content()).isEqualTo("short\n" + LONG + "end");
        assertThat(content.at("etc/parts").mode()).isEqualTo(0600);
        assertThat(content.at("usr/big").content()).isEqualTo(LONG);
        assertThat(content.at("etc/empty").content()).isEmpty();
        assertThat(content.at("etc/block").content()).hasSize(512);
        assertThat(content.at("usr").shape()).isEqualTo("d 700 4:5  ");
        assertThat(content.at("bin").link()).isEqualTo("usr/bin");
        assertThat(content.at("etc/also").link()).isEqualTo("usr/big");
        assertThat(content.items()).allMatch(each -> each.mtime() == 0);
    }

    @Test
    void isOneMemberWithTheDigestsThatItStates() throws IOException {
        CacheDirectory cache = cache("one");
        StoredLayer stored = write(cache, tree());
        byte[] bytes = Files.readAllBytes(cache.content().find(stored.digest()).orElseThrow());
        byte[] tar;
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
            tar = in.readAllBytes();
        }

        assertThat(stored.form()).isEqualTo(LayerForm.TOP);
        assertThat(GzipMembers.list(new java.io.ByteArrayInputStream(bytes))).hasSize(1);
        assertThat(stored.digest()).isEqualTo(Digest.of(bytes));
        assertThat(stored.size()).isEqualTo(bytes.length);
        assertThat(stored.diffId()).isEqualTo(Digest.of(tar));
        assertThat(stored.tarSize()).isEqualTo(tar.length);
    }

    @Test
    void equalTreesGiveEqualBytesInAnyOrder() throws IOException {
        TopTree shuffled = Installed.top();
        List.copyOf(tree().entries()).reversed().forEach(shuffled::put);

        assertThat(write(cache("two"), shuffled)).isEqualTo(write(cache("one"), tree()));
        shuffled.file("etc/empty", 0644, new byte[1], "test");
        assertThat(write(cache("two"), shuffled)).isNotEqualTo(write(cache("one"), tree()));
    }

    @Test
    void compressionKeptOrNewIsTheSame() throws IOException {
        CacheDirectory cache = cache("one");
        LayerStore layers = new LayerStore(cache.content(), cache.records());
        for (int round = 0; round < 2; round++) {
            TopTree top = new TopTree(plain -> {
                try {
                    return layers.piece(plain);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            List.copyOf(tree().entries()).forEach(top::put);
            top.file("usr/big", 0644, utf8(LONG), "test");
            assertThat(write(cache, top)).isEqualTo(write(cache("two"), tree()));
        }
    }

    @Test
    void aLaterEntryReplacesAnEarlierOne() {
        TopTree top = tree();
        top.file("etc/empty", 0600, utf8("now\n"), "test");

        assertThat(Installed.text(top, "etc/empty")).isEqualTo("now\n");
        assertThat(top.below("etc")).hasSize(4);
        assertThat(top.below("et")).isEmpty();
    }
}
