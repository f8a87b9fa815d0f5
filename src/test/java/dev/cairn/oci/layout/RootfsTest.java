package dev.cairn.oci.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Layer;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.OciException;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.SmallImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootfsTest {
    @TempDir
    Path dir;

    private Path unpack(Layer... layers) throws IOException {
        Path root = Files.createTempDirectory(dir, "root");
        Rootfs.unpack(SmallImages.image(layers), root);
        return root;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void modesOwnersTimesAndLinksAreKept() throws IOException {
        Path root = unpack(SmallImages.layer(tar -> {
            tar.put(TarEntry.directory("d", 0555).withMtime(1000));
            tar.put(TarEntry.file("d/f", 04755, 1).withMtime(2000).withOwner(12, 34), bytes("x"));
            tar.put(TarEntry.hardlink("h", "d/f"));
            tar.symlink("s", "/etc/passwd");
            tar.put(TarEntry.directory("", 0711));
        }));

        Path file = root.resolve("d/f");
        assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(04755);
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(2_000_000);
        assertThat(Files.getLastModifiedTime(root.resolve("d")).toMillis()).isEqualTo(1_000_000);
        assertThat(Files.isSameFile(root.resolve("h"), file)).isTrue();
        assertThat(Files.readSymbolicLink(root.resolve("s"))).hasToString("/etc/passwd");
        assertThat((int) Files.getAttribute(root, "unix:mode") & 0777).isEqualTo(0711);
        if (isRoot()) {
            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12);
            assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(34);
            assertThat((int) Files.getAttribute(root.resolve("d"), "unix:mode") & 0777)
                    .isEqualTo(0555);
        }
    }

    private static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    @Test
    void whiteoutsHideLowerLayersOnly() throws IOException {
        Path root = unpack(
                SmallImages.layer(tar -> {
                    tar.file("keep", 0644, bytes("1"));
                    tar.file("gone", 0644, bytes("1"));
                    tar.directory("folder", 0755);
                    tar.file("folder/old", 0644, bytes("1"));
                    tar.directory("folder/sub", 0755);
                    tar.file("folder/sub/old", 0644, bytes("1"));
                    tar.file("anew", 0644, bytes("1"));
                }),
                SmallImages.layer(tar -> {
                    tar.file(".wh.gone", 0644, bytes(""));
                    tar.file("anew", 0644, bytes("2"));
                    tar.file(".wh.anew", 0644, bytes(""));
                    tar.file("folder/sub/new", 0644, bytes("2"));
                    tar.file("folder/.wh..wh..opq", 0644, bytes(""));
                    tar.file(".wh..wh.plnk", 0644, bytes(""));
                    tar.file("absent/.wh.x", 0644, bytes(""));
                }));

        assertThat(root.resolve("keep")).hasContent("1");
        assertThat(root.resolve("gone")).doesNotExist();
        assertThat(root.resolve("anew")).hasContent("2");
        assertThat(root.resolve("folder/old")).doesNotExist();
        assertThat(root.resolve("folder/sub/old")).doesNotExist();
        assertThat(root.resolve("folder/sub/new")).hasContent("2");
        assertThat(root.resolve("absent")).doesNotExist();
        assertThat(root.resolve(".wh..wh.plnk")).doesNotExist();
    }

    @Test
    void anUpperLayerReplacesFilesByFoldersAndBack() throws IOException {
        Path root = unpack(
                SmallImages.layer(tar -> {
                    tar.file("a", 0644, bytes("1"));
                    tar.directory("b", 0755);
                    tar.file("b/x", 0644, bytes("1"));
                    tar.symlink("c", "b");
                }),
                SmallImages.layer(tar -> {
                    tar.directory("a", 0755);
                    tar.file("b", 0644, bytes("2"));
                    tar.directory("c", 0755);
                }));

        assertThat(root.resolve("a")).isDirectory();
        assertThat(root.resolve("b")).hasContent("2");
        assertThat(Files.isDirectory(root.resolve("c"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void noLinkLeadsOutOfTheRoot() throws IOException {
        Path outside = Files.createDirectory(dir.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "safe");
        String up = "../".repeat(30) + outside.toString().substring(1);
        Path root = unpack(SmallImages.layer(tar -> {
            tar.symlink("absolute", outside.toString());
            tar.file("absolute/victim", 0644, bytes("evil"));
            tar.symlink("relative", up);
            tar.file("relative/victim", 0644, bytes("evil"));
            tar.file("relative/.wh.victim", 0644, bytes(""));
            tar.symlink("file", outside.resolve("victim").toString());
            tar.put(TarEntry.file("file", 0644, 4), bytes("evil"));
        }));

        assertThat(outside.resolve("victim")).hasContent("safe");
        assertThat(root.resolve("file")).hasContent("evil");
        assertThat(Files.isSymbolicLink(root.resolve("file"))).isFalse();
        // The links were followed as if the root were `/`.
        assertThat(root.resolve(outside.toString().substring(1)).resolve("victim"))
                .hasContent("evil");
        Layer stolen = SmallImages.layer(tar -> {
            tar.symlink("l", outside.toString());
            tar.put(TarEntry.hardlink("h", "l/victim"));
        });
        assertThatThrownBy(() -> unpack(stolen))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("which is no file");
        Layer circle = SmallImages.layer(tar -> {
            tar.symlink("x", "y");
            tar.symlink("y", "x");
            tar.file("x/f", 0644, bytes(""));
        });
        assertThatThrownBy(() -> unpack(circle)).hasMessageContaining("leads through something that is no folder");
    }

    @Test
    void wrongBytesAreFound() {
        Layer good = SmallImages.file("a", "1");
        Layer other = SmallImages.file("b", "1");
        assertThatThrownBy(() -> unpack(new Layer(good.blob(), other.diffId())))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("the configuration names " + other.diffId());
        Layer swapped = new Layer(Blob.of(bytes(other.toString()), good.blob().descriptor()), good.diffId());
        assertThatThrownBy(() -> unpack(swapped)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void devicesArePassedOverAndReported() throws IOException {
        byte[] fifo = tarOf(TarEntry.file("p", 0644, 0));
        fifo[156] = '6';
        fixChecksum(fifo);
        Path root = Files.createTempDirectory(dir, "root");

        Rootfs.Unpacked unpacked = Rootfs.unpack(SmallImages.image(plain(fifo)), root);

        assertThat(unpacked.skipped()).containsExactly("p");
        assertThat(root).isEmptyDirectory();
        assertThatThrownBy(() -> Rootfs.unpack(SmallImages.image(), dir)).hasMessageContaining("not empty");
    }

    private static byte[] tarOf(TarEntry... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        for (TarEntry entry : entries) {
            tar.put(entry, new byte[(int) entry.size()]);
        }
        tar.end();
        return out.toByteArray();
    }

    private static Layer plain(byte[] tar) {
        return new Layer(Blob.of(tar, MediaType.LAYER_TAR), Digest.of(tar));
    }

    private static void fixChecksum(byte[] header) {
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
        }
        byte[] digits = bytes(Integer.toOctalString(sum));
        for (int i = 0; i < 6; i++) {
            header[148 + i] = i < 6 - digits.length ? (byte) '0' : digits[i - 6 + digits.length];
        }
    }

    @Test
    void damagedLayersStayInsideTheRoot() throws IOException {
        byte[] good = tarOf(
                TarEntry.directory("d", 0755),
                TarEntry.file("d/f", 0644, 700),
                TarEntry.symlink("l", "d"),
                TarEntry.file("l/g", 0644, 3),
                TarEntry.hardlink("h", "d/f"),
                TarEntry.file("d/.wh.f", 0644, 0));
        Path only = Files.createDirectory(dir.resolve("only"));

        Mutations.of(good, 5, 600, bytes -> {
            Path root = only.resolve("root");
            try {
                for (int at = 0; at + 512 <= bytes.length; at += 512) {
                    if (bytes[at + 257] == 'u') {
                        fixChecksum512(bytes, at);
                    }
                }
                Rootfs.unpack(SmallImages.image(plain(bytes)), root);
            } catch (LayoutException | OciException | ArchiveException | IOException e) {
                assertThat(e).hasMessage(e.getMessage());
            }
            assertThat(only.toFile().list()).containsExactly("root");
            DeleteTree.ifExists(root);
        });
    }

    private static void fixChecksum512(byte[] tar, int at) {
        byte[] header = java.util.Arrays.copyOfRange(tar, at, at + 512);
        fixChecksum(header);
        System.arraycopy(header, 0, tar, at, 512);
    }
}
