package dev.cairn.server;

import static dev.cairn.testing.TestRegistry.REPOSITORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.testing.DockerDaemon;
import dev.cairn.testing.Podman;
import dev.cairn.testing.SmallImages;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other people's clients against our registry: each logs in, pushes and pulls back.
class RegistryClientsIT {
    @TempDir
    private Path folder;

    private TestRegistry registry;
    private String robot;
    private String reference;

    @BeforeEach
    void start() throws IOException {
        registry = TestRegistry.start(folder.resolve("registry"));
        robot = registry.robot("org", "robot", "editor");
        reference = registry.host() + "/" + REPOSITORY;
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
    }

    private Path layout() throws IOException {
        Path layout = folder.resolve("layout");
        new LayoutWriter()
                .add(SmallImages.image(SmallImages.file("hello", "hello"), SmallImages.file("more", "more")), List.of())
                .writeFolder(layout);
        return layout;
    }

    @Test
    void skopeoPushesPullsListsAndDeletes() throws IOException {
        Tool skopeo = Tool.require("skopeo");
        String from = "oci:" + layout();
        String to = "docker://" + reference;
        skopeo.run("copy", "--dest-tls-verify=false", "--dest-creds", "org/robot:" + robot, from, to + ":skopeo")
                .success();
        skopeo.run(
                        "copy",
                        "--src-tls-verify=false",
                        "--src-creds",
                        "org/robot:" + robot,
                        to + ":skopeo",
                        "oci:" + folder.resolve("back"))
                .success();
        assertThat(skopeo.run("list-tags", "--tls-verify=false", "--creds", "org/robot:" + robot, to)
                        .success())
                .contains("\"skopeo\"");
        skopeo.run("delete", "--tls-verify=false", "--creds", "org/robot:" + robot, to + ":skopeo")
                .success();
        assertThat(skopeo.run("inspect", "--tls-verify=false", "--creds", "org/robot:wrong", to + ":skopeo")
                        .exit())
                .isNotZero();
    }

    @Test
    void podmanLogsInPushesAndPulls() throws IOException {
        Podman podman = Podman.in(folder.resolve("podman"));
        Path auth = folder.resolve("auth.json");
        podman.command(
                        "login",
                        "--authfile",
                        auth,
                        "--tls-verify=false",
                        "-u",
                        "org/robot",
                        "-p",
                        robot,
                        registry.host())
                .success();
        String id = podman.command("pull", "-q", "oci:" + layout()).success().strip();
        podman.command("push", "--authfile", auth, "--tls-verify=false", id, reference + ":podman")
                .success();
        podman.command("rmi", "-f", id).success();
        podman.command("pull", "--authfile", auth, "--tls-verify=false", reference + ":podman")
                .success();
    }

    @Test
    void dockerLogsInPushesAndPulls() throws IOException {
        try (DockerDaemon daemon = DockerDaemon.start(Files.createTempDirectory("dr"))) {
            Path config = Files.createDirectories(folder.resolve("docker"));
            assertThat(daemon.docker("--config", config, "login", "-u", "org/robot", "-p", "wrong", registry.host())
                            .exit())
                    .isNotZero();
            daemon.docker("--config", config, "login", "-u", "org/robot", "-p", robot, registry.host())
                    .success();
            Path archive = folder.resolve("image.tar");
            Tool.require("skopeo")
                    .run("copy", "oci:" + layout(), "docker-archive:" + archive + ":" + reference + ":docker")
                    .success();
            daemon.docker("load", "-i", archive).success();
            daemon.docker("--config", config, "push", reference + ":docker").success();
            daemon.docker("rmi", reference + ":docker").success();
            daemon.docker("--config", config, "pull", reference + ":docker").success();
        }
    }

    @Test
    void cranePushesCopiesAndLists() throws IOException {
        Tool crane = Tool.require("crane");
        Path layout = layout();
        Path config = Files.createDirectories(folder.resolve("crane"));
        Files.writeString(config.resolve("config.json"), dockerConfig());
        Environment environment = new Environment(crane, config);
        environment.run("push", layout, reference + ":crane", "--insecure").success();
        environment
                .run("copy", reference + ":crane", registry.host() + "/org/copy:1", "--insecure")
                .success();
        assertThat(environment
                        .run("ls", registry.host() + "/org/copy", "--insecure")
                        .success())
                .contains("1");
        environment
                .run("validate", "--remote", reference + ":crane", "--insecure")
                .success();
    }

    @Test
    void orasPushesAttachesAndDiscovers() throws IOException {
        Tool oras = Tool.require("oras");
        Path config = Files.writeString(folder.resolve("oras.json"), dockerConfig());
        Path file = Files.writeString(folder.resolve("chart.txt"), "a chart");
        String host = reference + ":chart";
        oras.run(
                        "push",
                        "--plain-http",
                        "--registry-config",
                        config,
                        "--disable-path-validation",
                        "--artifact-type",
                        "application/vnd.cncf.helm.config.v1+json",
                        host,
                        file + ":text/plain")
                .success();
        oras.run(
                        "attach",
                        "--plain-http",
                        "--registry-config",
                        config,
                        "--disable-path-validation",
                        "--artifact-type",
                        "text/sbom",
                        host,
                        file + ":text/plain")
                .success();
        assertThat(oras.run("discover", "--plain-http", "--registry-config", config, host)
                        .success())
                .contains("text/sbom");
    }

    private String dockerConfig() {
        String auth = Base64.getEncoder().encodeToString(("org/robot:" + robot).getBytes(UTF_8));
        return "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + auth + "\"}}}";
    }

    /// A tool that reads docker's configuration from a folder.
    private record Environment(Tool tool, Path config) {
        Tool.Result run(Object... arguments) throws IOException {
            List<Object> all = new ArrayList<>(List.of("DOCKER_CONFIG=" + config, tool.path()));
            all.addAll(List.of(arguments));
            return Tool.require("env").run(all.toArray());
        }
    }
}
