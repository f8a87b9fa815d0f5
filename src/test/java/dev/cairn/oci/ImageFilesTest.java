package dev.cairn.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarLimits;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
    @Test
    void theUpperFileIsSeenAndContentStreams() throws IOException {
        assertThat(view(SmallImages.file("a", "lower"), SmallImages.file("a", "upper"), SmallImages.file("b", "top")))
                .containsExactly(entry("a", "1 upper"), entry("b", "2 top"));
    }

    @Test
    void whiteoutsHideLowerLayersOnly() throws IOException {
        Layer lower = SmallImages.layer(tar -> {
            tar.directory("etc", 0755);
            put(tar, "etc/keep", "0");
            put(tar, "etc/gone", "0");
            tar.directory("opt", 0755);
            put(tar, "opt/old", "0");
            put(tar, "root", "0");
        });
        Layer upper = SmallImages.layer(tar -> {
            put(tar, "etc/.wh.gone", "");
            put(tar, "etc/new", "1");
            put(tar, "opt/.wh..wh..opq", "");
            put(tar, "opt/new", "1");
            put(tar, ".wh.root", "");
            put(tar, "root", "1");
            put(tar, ".wh..wh.plnk", "");
        });
        assertThat(view(lower, upper).keySet()).containsExactly("etc", "etc/keep", "etc/new", "opt", "opt/new", "root");
        assertThat(view(lower, upper)).containsEntry("root", "1 1");
    }

    @Test
    void whatIsBelowAHiddenDirectoryIsHidden() throws IOException {
        Layer lower = SmallImages.file("a/b/c", "0");
        assertThat(view(lower, SmallImages.file(".wh.a", ""))).isEmpty();
        assertThat(view(lower, SmallImages.file("a", "file now"))).containsOnlyKeys("a");
        assertThat(view(SmallImages.file("a", "0"), SmallImages.file("a/b/c", "1")))
                .containsOnlyKeys("a/b/c");
        // a whiteout below a directory of a layer above still hides what is below it
        assertThat(view(lower, SmallImages.file("a/.wh.b", ""), SmallImages.layer(tar -> tar.directory("a/b", 0755))))
                .containsOnlyKeys("a/b");
    }

    @Test
    void aDirectoryInTheMiddleKeepsWhatIsBelow() throws IOException {
        assertThat(view(
                        SmallImages.file("a/x", "0"),
                        SmallImages.layer(tar -> tar.directory("a", 0700)),
                        SmallImages.file("a/y", "2")))
                .containsOnlyKeys("a/x", "a", "a/y");
    }

    @Test
    void aFlippedByteIsFound() {
        Layer good = SmallImages.file("a", "1");
        byte[] bytes = read(good);
        bytes[bytes.length - 1] ^= 1;
        Layer bad = new Layer(Blob.of(bytes, good.blob().descriptor()), good.diffId());
        assertThatThrownBy(() -> view(bad))
                .hasMessageContaining(good.blob().digest().toString());
        Layer other = new Layer(good.blob(), SmallImages.file("b", "2").diffId());
        assertThatThrownBy(() -> view(other))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("the configuration names");
    }

    @Test
    void limitsHold() {
        TarLimits two = new TarLimits(2, 100, 10_000, 100, 8, 512);
        Layer three = SmallImages.layer(tar -> {
            put(tar, "a", "");
            put(tar, "b", "");
            put(tar, "c", "");
        });
        assertThatThrownBy(() -> ImageFiles.visit(SmallImages.image(three), two, (entry, content, layer) -> {}))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("layer " + three.blob().digest());
    }

    private static java.util.Map.Entry<String, String> entry(String path, String content) {
        return java.util.Map.entry(path, content);
    }

    private static void put(dev.cairn.archive.TarWriter tar, String path, String content) throws IOException {
        tar.file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(Layer layer) {
        try {
            return layer.blob().readAll(1 << 20);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static TreeMap<String, String> view(Layer... layers) throws IOException {
        TreeMap<String, String> seen = new TreeMap<>();
        ImageFiles.visit(SmallImages.image(layers), (entry, content, layer) -> {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(seen.put(entry.path(), layer + " " + text)).isNull();
        });
        return seen;
    }
}
