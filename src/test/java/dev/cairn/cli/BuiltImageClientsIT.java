package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.Image;
import dev.cairn.oci.Platform;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.oci.layout.Rootfs;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.DockerDaemon;
import dev.cairn.testing.HelloProgram;
import dev.cairn.testing.Podman;
import dev.cairn.testing.SignedDebRepository;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other people's tools take an image that `cairn build` made of 400 packages, and it runs.
class BuiltImageClientsIT {
    private static final int PACKAGES = 400;
    private static final int BUDGET = 60;
    private static final String NAME = "example.com/many:1";

    @TempDir
    static Path dir;

    private static Path folder;
    private static Path tar;
    private static Image image;

    @BeforeAll
    static void build() throws IOException {
        SignedDebRepository repository = SignedDebRepository.in(dir.resolve("repository"));
        StringBuilder depends = new StringBuilder("part1");
        for (int i = 1; i < PACKAGES; i++) {
            depends.append(", part").append(i);
            repository.add(
                    "many",
                    DebSpec.of("part" + i, "1." + i)
                            .compression("")
                            .file("usr/share/parts/" + i, "part\n".repeat(i))
                            .file("lib/part" + i + "/own", "own\n"));
        }
        byte[] program = HelloProgram.elf("hello from 400 packages\n");
        repository.add(
                "many",
                DebSpec.of("app", "1.0")
                        .compression("")
                        .depends(depends.toString())
                        .file("bin/hello", 0755, program));
        repository.publish();
        Path definition = Files.writeString(
                dir.resolve("many.yaml"),
                "contents:\n  repositories: ['" + repository.sourceLine("many", "main")
                        + "']\n  packages: [app]\nentrypoint: {command: /bin/hello}\n"
                        + "accounts: {run-as: 65532}\narchs: [amd64]\n");
        folder = dir.resolve("many.oci");
        tar = dir.resolve("many.tar");
        for (Path target : new Path[] {folder, tar}) {
            Ran ran = Ran.cairn(
                    Map.of("CAIRN_CACHE", dir.resolve("cache").toString()),
                    "build",
                    definition.toString(),
                    "-t",
                    NAME,
                    "--to",
                    target.toString());
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("packages   400: ");
        }
        image = LayoutReader.open(folder).image("1", Platform.LINUX_AMD64);
    }

    @Test
    void theLayersStayWithinTheBudget() throws IOException {
        assertThat(image.layers()).hasSizeBetween(2, BUDGET);
        Path root = dir.resolve("root");
        Rootfs.unpack(image, root);
        try (Stream<Path> parts = Files.list(root.resolve("usr/share/parts"))) {
            assertThat(parts).hasSize(PACKAGES - 1);
        }
        assertThat(root.resolve("lib/part399/own")).hasContent("own");
        assertThat(LayoutReader.open(tar).image("1", Platform.LINUX_AMD64).digest())
                .isEqualTo(image.digest());
    }

    @Test
    void umociUnpacksIt() throws IOException {
        Tool umoci = Tool.require("umoci");
        Tool.requireRoot();
        Path bundle = dir.resolve("bundle");
        umoci.run("unpack", "--image", folder + ":1", bundle).success();
        Path ours = dir.resolve("ours");
        Rootfs.unpack(image, ours);
        assertThat(Tool.require("diff")
                        .run("-r", "--no-dereference", bundle.resolve("rootfs"), ours)
                        .success())
                .isEmpty();
    }

    @Test
    void skopeoCopiesIt() throws IOException {
        Tool skopeo = Tool.require("skopeo");
        Path archive = dir.resolve("copy.tar");
        Path plain = dir.resolve("plain");
        skopeo.run("copy", "oci:" + folder + ":1", "docker-archive:" + archive + ":" + NAME)
                .success();
        skopeo.run("copy", "oci-archive:" + tar + ":1", "dir:" + plain).success();
        assertThat(LayoutReader.open(archive)
                        .image(NAME, Platform.LINUX_AMD64)
                        .config()
                        .diffIds())
                .isEqualTo(image.config().diffIds());
        assertThat(plain.resolve("manifest.json")).exists();
    }

    @Test
    void podmanRunsIt() throws IOException {
        Podman podman = Podman.in(dir.resolve("podman"));
        podman.command("load", "-i", tar).success();
        assertThat(podman.run("--read-only", NAME).success()).contains("hello from 400 packages");
        podman.command("rmi", "--all", "--force").success();
        String loaded =
                podman.command("pull", "-q", "oci:" + folder + ":1").success().strip();
        assertThat(podman.run("--read-only", loaded.substring(loaded.lastIndexOf('\n') + 1))
                        .success())
                .contains("hello from 400 packages");
    }

    @Test
    void dockerRunsIt() throws IOException {
        Path home = Files.createTempDirectory("dk");
        try (DockerDaemon daemon = DockerDaemon.start(home)) {
            daemon.docker("load", "-i", tar).success();
            assertThat(daemon.docker("run", "--rm", "--network", "none", "--read-only", NAME)
                            .success())
                    .contains("hello from 400 packages");
            daemon.docker("rmi", NAME).success();
            // the folder, by way of skopeo: docker itself loads archives only
            Tool.require("skopeo")
                    .run("copy", "--dest-daemon-host", daemon.host(), "oci:" + folder + ":1", "docker-daemon:" + NAME)
                    .success();
            assertThat(daemon.docker("run", "--rm", "--network", "none", NAME).success())
                    .contains("hello from 400 packages");
        } finally {
            delete(home);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
