package dev.cairn.oci.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.TarEntry;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Layer;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.DockerDaemon;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.HelloProgram;
import dev.cairn.testing.Podman;
import dev.cairn.testing.SmallImages;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds our layouts, archives and pushes against the tools that people use.
class LayoutIT {
    private static final Reference NAME = Reference.parse("example.com/team/hello:1");

    @TempDir
    Path dir;

    /// A program without libraries that prints `hello from a layer` and ends: an ELF file of 170 bytes.
    private static Layer program() {
        return SmallImages.layer(tar -> {
            tar.put(TarEntry.directory("tmp", 01777));
            byte[] elf = HelloProgram.elf("hello from a layer\n");
            tar.put(TarEntry.file("hello", 0755, elf.length), elf);
        });
    }

    private final Image image = SmallImages.image(program(), SmallImages.file("etc/motd", "hi"));

    private Path folder() throws IOException {
        Path layout = dir.resolve("layout");
        new LayoutWriter().add(image, List.of(NAME)).writeFolder(layout);
        return layout;
    }

    private Path tar() throws IOException {
        Path tar = dir.resolve("layout.tar");
        new LayoutWriter().add(image, List.of(NAME)).writeTar(tar);
        return tar;
    }

    @Test
    void skopeoTakesAllForms() throws IOException {
        Tool skopeo = Tool.require("skopeo");
        String digest = image.digest().toString();

        assertThat(skopeo.run("inspect", "oci:" + folder() + ":1").success()).contains(digest);
        assertThat(skopeo.run("inspect", "oci-archive:" + tar() + ":1").success())
                .contains(digest);
        skopeo.run("inspect", "docker-archive:" + tar() + ":" + NAME).success();
        Path copy = dir.resolve("copy.tar");
        skopeo.run("copy", "oci:" + folder() + ":1", "docker-archive:" + copy + ":" + NAME)
                .success();

        Image read = LayoutReader.open(copy).image(NAME.toString(), Platform.LINUX_AMD64);
        Path root = dir.resolve("root");
        Rootfs.unpack(read, root);
        assertThat(root.resolve("etc/motd")).hasContent("hi");
        assertThat(read.config().diffIds()).isEqualTo(image.config().diffIds());
    }

    @Test
    void skopeoChoosesThePlatform() throws IOException {
        Tool skopeo = Tool.require("skopeo");
        Image arm = SmallImages.image(Platform.LINUX_ARM64, SmallImages.file("a", "arm"));
        Path layout = dir.resolve("multi");
        new LayoutWriter()
                .add(ImageIndex.of(List.of(image, arm)), List.of(NAME))
                .writeFolder(layout);

        String config = skopeo.run("--override-arch", "arm64", "inspect", "--config", "oci:" + layout + ":1")
                .success();

        assertThat(config).contains(arm.config().diffIds().getFirst().toString());
    }

    @Test
    void umociUnpacksWhatWeUnpack() throws IOException {
        Tool umoci = Tool.require("umoci");
        Tool.requireRoot();
        umoci.run("unpack", "--image", folder() + ":1", dir.resolve("bundle")).success();
        Path root = dir.resolve("root");
        Rootfs.unpack(image, root);

        String differences = Tool.require("diff")
                .run("-r", "--no-dereference", dir.resolve("bundle/rootfs"), root)
                .success();
        assertThat(differences).isEmpty();
        assertThat(Files.getAttribute(root.resolve("tmp"), "unix:mode"))
                .isEqualTo(Files.getAttribute(dir.resolve("bundle/rootfs/tmp"), "unix:mode"));
    }

    @Test
    void podmanLoadsAndRuns() throws IOException {
        Podman podman = Podman.in(dir.resolve("podman"));

        podman.command("load", "-i", tar()).success();

        assertThat(podman.run("--read-only", NAME).success()).contains("hello from a layer");
    }

    @Test
    void dockerLoadsAndRuns() throws IOException {
        Path home = Files.createTempDirectory("dk");
        try (DockerDaemon daemon = DockerDaemon.start(home)) {
            assertThat(daemon.docker("load", "-i", tar()).success()).contains("Loaded image: " + NAME);
            assertThat(daemon.docker("run", "--rm", "--network", "none", "--read-only", NAME)
                            .success())
                    .contains("hello from a layer");

            Path saved = dir.resolve("saved.tar");
            daemon.docker("save", "-o", saved, NAME).success();
            Image read = LayoutReader.open(saved).image(NAME.toString(), Platform.LINUX_AMD64);
            assertThat(read.config().diffIds()).isEqualTo(image.config().diffIds());
            Rootfs.unpack(read, dir.resolve("root"));
        } finally {
            DeleteTree.ifExists(home);
        }
    }

    @Test
    void skopeoAndWeShareARegistry() throws IOException {
        Tool skopeo = Tool.require("skopeo");
        try (FakeRegistry registry = FakeRegistry.start()) {
            RegistryClient client = new RegistryClient(RegistryOptions.ANONYMOUS);
            Reference ours = Reference.parse(registry.host() + "/ours:1");
            client.push(ours, image);

            skopeo.run("copy", "--src-tls-verify=false", "docker://" + ours, "oci:" + dir.resolve("pulled") + ":1")
                    .success();
            assertThat(LayoutReader.open(dir.resolve("pulled"))
                            .image("1", Platform.LINUX_AMD64)
                            .digest())
                    .isEqualTo(image.digest());

            Reference theirs = Reference.parse(registry.host() + "/theirs:1");
            skopeo.run("copy", "--dest-tls-verify=false", "oci:" + folder() + ":1", "docker://" + theirs)
                    .success();
            Image pulled = client.image(theirs, Platform.LINUX_AMD64);
            assertThat(pulled.digest()).isEqualTo(image.digest());
            Rootfs.unpack(pulled, dir.resolve("root"));
        }
    }
}
