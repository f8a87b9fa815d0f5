package dev.cairn.oci.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {
    private static final Image AMD = SmallImages.image(SmallImages.file("a", "1"));
    private static final Image ARM = SmallImages.image(Platform.LINUX_ARM64, SmallImages.file("a", "2"));
    private static final Optional<Supplier<RegistryClient>> OFFLINE = Optional.empty();

    @TempDir
    Path folder;

    @Test
    void layoutsAndArchives() throws IOException {
        Path layout = folder.resolve("l");
        Path tar = folder.resolve("l.tar");
        new LayoutWriter().add(AMD, List.of(Reference.parse("x:1"))).writeFolder(layout);
        new LayoutWriter().add(AMD, List.of(Reference.parse("x:1"))).writeTar(tar);
        for (String name : List.of(layout.toString(), "oci:" + layout, layout + ":1", "oci-archive:" + tar)) {
            ImageSource source = ImageSource.open(name, OFFLINE);
            assertThat(source.image(null).digest()).isEqualTo(AMD.digest());
            assertThat(source.index()).isEmpty();
            assertThat(source.path()).isPresent();
        }
        assertThatThrownBy(() -> ImageSource.open(layout + ":2", OFFLINE)).hasMessageContaining("no image named '2'");
    }

    @Test
    void anIndexHasAnImageForEachPlatform() throws IOException {
        Path layout = folder.resolve("l");
        ImageIndex index = ImageIndex.of(List.of(AMD, ARM));
        new LayoutWriter().add(index, List.of()).writeFolder(layout);
        ImageSource source = ImageSource.open(layout.toString(), OFFLINE);
        assertThat(source.digest()).isEqualTo(index.digest());
        assertThat(source.image(Platform.LINUX_ARM64).digest()).isEqualTo(ARM.digest());
        assertThat(ImageSource.machine().accepts(source.image(null).config().platform()))
                .isTrue();
        assertThatThrownBy(() -> source.image(Platform.linux("s390x")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no image for linux/s390x; there are [linux/amd64, linux/arm64]");
    }

    @Test
    void registries() throws IOException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            RegistryClient client = new RegistryClient(RegistryOptions.ANONYMOUS);
            Reference one = Reference.parse(registry.host() + "/one:1");
            Reference two = Reference.parse(registry.host() + "/two:1");
            client.push(one, AMD);
            client.push(two, ImageIndex.of(List.of(AMD, ARM)));
            Optional<Supplier<RegistryClient>> online = Optional.of(() -> client);
            assertThat(ImageSource.open(one.toString(), online).image(null).digest())
                    .isEqualTo(AMD.digest());
            assertThat(ImageSource.open("docker://" + two, online)
                            .image(Platform.LINUX_ARM64)
                            .digest())
                    .isEqualTo(ARM.digest());
            assertThatThrownBy(() -> ImageSource.open(one.toString(), OFFLINE))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("without --offline");
        }
    }

    @Test
    void aMistypedPathIsNoReference() {
        assertThatThrownBy(() -> ImageSource.open("redis", OFFLINE))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("there is no image at redis");
        assertThatThrownBy(() -> ImageSource.open("oci:redis", OFFLINE)).isInstanceOf(SourceException.class);
    }
}
