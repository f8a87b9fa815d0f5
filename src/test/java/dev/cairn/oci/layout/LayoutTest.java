package dev.cairn.oci.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarWriter;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Layer;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.SmallImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    private static final Layer A = SmallImages.file("a", "first");
    private static final Layer B = SmallImages.file("b", "second");
    private static final Reference NAME = Reference.parse("example.com/team/app:1");

    @TempDir
    Path dir;

    private final Image image = SmallImages.image(A, B);

    @Test
    void foldersAboveTheTargetAreMade() throws IOException {
        new LayoutWriter().add(image, List.of(NAME)).writeFolder(dir.resolve("new/l"));
        new LayoutWriter().add(image, List.of(NAME)).writeTar(dir.resolve("other/l.tar"));

        assertThat(LayoutReader.open(dir.resolve("new/l")).entries()).hasSize(1);
        assertThat(dir.resolve("other/l.tar")).isNotEmptyFile();
        assertThat(files(dir)).doesNotContain("part");
    }

    @Test
    void aFolderIsReadBack() throws IOException {
        new LayoutWriter().add(image, List.of(NAME)).writeFolder(dir.resolve("l"));

        LayoutReader reader = LayoutReader.open(dir.resolve("l"));

        assertThat(reader.entries()).hasSize(1);
        for (String name : new String[] {null, "1", NAME.toString()}) {
            Image read = reader.image(name, Platform.LINUX_AMD64);
            assertThat(read.digest()).isEqualTo(image.digest());
            assertThat(read.config()).isEqualTo(image.config());
            assertThat(read.layers().getLast().blob().readAll(10_000))
                    .isEqualTo(B.blob().readAll(10_000));
        }
        assertThatThrownBy(() -> reader.entry("2"))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("no image named '2'; there are [example.com/team/app:1, 1]");
        assertThat(files(dir)).doesNotContain("part");
    }

    @Test
    void aFolderIsReplacedAndKeepsWhatStays() throws IOException {
        Path layout = dir.resolve("l");
        new LayoutWriter().add(image, List.of()).writeFolder(layout);
        Path kept = layout.resolve(LayoutNames.blobPath(A.blob().digest()));
        Object inode = Files.getAttribute(kept, "unix:ino");
        Image other = SmallImages.image(A, SmallImages.file("c", "third"));

        new LayoutWriter().add(other, List.of()).writeFolder(layout);

        assertThat(LayoutReader.open(layout).image(null, Platform.LINUX_AMD64).digest())
                .isEqualTo(other.digest());
        assertThat(Files.getAttribute(kept, "unix:ino")).isEqualTo(inode);
        assertThat(layout.resolve(LayoutNames.blobPath(B.blob().digest()))).doesNotExist();
        assertThat(files(layout.resolve("blobs/sha256"))).hasSize(4);
    }

    @Test
    void aBlobThatWasTouchedIsWrittenAgain() throws IOException {
        Path layout = dir.resolve("l");
        new LayoutWriter().add(image, List.of()).writeFolder(layout);
        Path blob = layout.resolve(LayoutNames.blobPath(A.blob().digest()));
        byte[] bytes = Files.readAllBytes(blob);
        bytes[20] ^= 1;
        Files.write(blob, bytes);

        Image damaged = LayoutReader.open(layout).image(null, Platform.LINUX_AMD64);
        assertThatThrownBy(() -> damaged.layers().getFirst().blob().readAll(10_000))
                .isInstanceOf(OciException.class);
        new LayoutWriter().add(image, List.of()).writeFolder(layout);

        assertThat(damaged.layers().getFirst().blob().readAll(10_000))
                .isEqualTo(A.blob().readAll(10_000));
    }

    @Test
    void whatIsNoLayoutIsNotOverwritten() throws IOException {
        Path precious =
                Files.writeString(Files.createDirectory(dir.resolve("d")).resolve("precious"), "x");
        LayoutWriter writer = new LayoutWriter().add(image, List.of());

        assertThatThrownBy(() -> writer.writeFolder(precious.getParent()))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("not overwritten");
        assertThatThrownBy(() -> writer.writeFolder(precious)).isInstanceOf(LayoutException.class);
        assertThat(precious).hasContent("x");
        writer.writeFolder(Files.createDirectory(dir.resolve("empty")));
        assertThat(LayoutReader.isLayout(dir.resolve("empty"))).isTrue();
    }

    @Test
    void aFailureLeavesNothingBehind() throws IOException {
        Blob broken = Blob.file(dir.resolve("absent"), A.blob().descriptor());
        Image unreadable = SmallImages.image(B, new Layer(broken, A.diffId()));

        assertThatThrownBy(() -> new LayoutWriter().add(unreadable, List.of()).writeFolder(dir.resolve("l")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new LayoutWriter().add(unreadable, List.of()).writeTar(dir.resolve("l.tar")))
                .isInstanceOf(IOException.class);
        assertThat(files(dir)).isEmpty();
    }

    @Test
    void aTarIsTheSameEachTimeAndIsReadBack() throws IOException {
        Path tar = dir.resolve("l.tar");
        new LayoutWriter().add(image, List.of(NAME)).writeTar(tar);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        new LayoutWriter().add(image, List.of(NAME)).writeTar(again);

        assertThat(tar).hasBinaryContent(again.toByteArray());
        Image read = LayoutReader.open(tar).image("1", Platform.LINUX_AMD64);
        assertThat(read.digest()).isEqualTo(image.digest());
        assertThat(read.layers().getFirst().blob().readAll(10_000))
                .isEqualTo(A.blob().readAll(10_000));
    }

    @Test
    void severalPlatformsAreOneEntry() throws IOException {
        Image arm = SmallImages.image(Platform.LINUX_ARM64, A);
        ImageIndex index = ImageIndex.of(List.of(image, arm));
        new LayoutWriter().add(index, List.of(NAME)).writeFolder(dir.resolve("l"));

        LayoutReader reader = LayoutReader.open(dir.resolve("l"));

        assertThat(reader.image(null, Platform.LINUX_ARM64).digest()).isEqualTo(arm.digest());
        assertThat(reader.image("1", Platform.LINUX_AMD64).digest()).isEqualTo(image.digest());
        assertThat(reader.index(reader.entry(null)).images()).hasSize(2);
        assertThatThrownBy(() -> reader.image(null, Platform.linux("riscv64")))
                .hasMessageContaining("no image for linux/riscv64; there are [linux/amd64, linux/arm64]");
    }

    @Test
    void dockersOwnArchiveIsRead() throws IOException {
        Layer plain = plainLayer();
        Image made = SmallImages.image(plain, A);
        Path tar = dir.resolve("docker.tar");
        try (OutputStream out = Files.newOutputStream(tar)) {
            TarWriter writer = new TarWriter(out);
            writer.file("1/layer.tar", 0644, plain.blob().readAll(10_000));
            writer.symlink("2/layer.tar", "../3/layer.tar");
            writer.file("3/layer.tar", 0644, A.blob().readAll(10_000));
            writer.file("c.json", 0644, made.config().toJson());
            writer.file(
                    "manifest.json",
                    0644,
                    "[{\"Config\":\"c.json\",\"RepoTags\":[\"app:7\"],\"Layers\":[\"1/layer.tar\",\"2/layer.tar\"]}]"
                            .getBytes(UTF_8));
            writer.end();
        }

        Image read = LayoutReader.open(tar).image("7", Platform.LINUX_AMD64);

        assertThat(read.digest()).isEqualTo(made.digest());
        assertThat(read.layers().getFirst().blob().readAll(10_000))
                .isEqualTo(plain.blob().readAll(10_000));
    }

    private static Layer plainLayer() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        writer.file("p", 0644, new byte[] {1});
        writer.end();
        Blob blob = Blob.of(out.toByteArray(), MediaType.LAYER_TAR);
        return new Layer(blob, blob.digest());
    }

    @Test
    void whatIsNoImageIsSaidSo() throws IOException {
        assertThatThrownBy(() -> LayoutReader.open(dir)).hasMessageContaining("no OCI layout");
        Path zipped = Files.write(dir.resolve("x.tar.gz"), A.blob().readAll(10_000));
        assertThatThrownBy(() -> LayoutReader.open(zipped)).hasMessageContaining("is compressed (GZIP)");
    }

    @Test
    void damagedTarsAreReadOrRefusedButNothingElse() throws IOException {
        ByteArrayOutputStream good = new ByteArrayOutputStream();
        new LayoutWriter().add(image, List.of(NAME)).writeTar(good);
        Path tar = dir.resolve("damaged.tar");

        Mutations.of(good.toByteArray(), 4, 1500, bytes -> {
            Files.write(tar, bytes);
            try {
                Image read = LayoutReader.open(tar).image(null, Platform.LINUX_AMD64);
                assertThat(read.layers().getFirst().blob().readAll(1 << 20)).isNotEmpty();
            } catch (LayoutException | OciException | ArchiveException | IOException e) {
                assertThat(e).hasMessage(e.getMessage());
            }
        });
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
        }
    }
}
