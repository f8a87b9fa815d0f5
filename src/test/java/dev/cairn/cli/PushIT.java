package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.MadeDistributions;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cairn build --push` by the command: whose password it takes, and what travels.
class PushIT {
    /// Those of both architectures, four of which are the same.
    private static final int LAYERS = 8;

    @TempDir
    Path dir;

    private Ran build(Path definition, String... references) throws IOException {
        List<String> words = new ArrayList<>(List.of("build", definition.toString()));
        words.addAll(List.of("--to", dir.resolve("image").toString()));
        for (String each : references) {
            words.addAll(List.of("--push", each));
        }
        Ran ran = Ran.cairn(
                Map.of(
                        "CAIRN_CACHE",
                        dir.resolve("cache").toString(),
                        "DOCKER_CONFIG",
                        dir.resolve("docker").toString()),
                words.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran;
    }

    private static int sent(Ran ran) {
        Matcher line = Pattern.compile("(\\d+) blobs sent").matcher(ran.err());
        assertThat(line.find()).as(ran.err()).isTrue();
        return Integer.parseInt(line.group(1));
    }

    private void logIn(String host, String userAndPassword) throws IOException {
        String auth = Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                Files.createDirectories(dir.resolve("docker")).resolve("config.json"),
                "{\"auths\":{\"" + host + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    @Test
    void dockersConfigGivesThePasswordAndOnlyWhatIsMissingTravels() throws IOException {
        Path definition = MadeDistributions.deb(dir);
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.auth = "bearer";
            logIn(registry.host(), "me:secret");

            Ran first = build(definition, registry.host() + "/one:1");
            assertThat(first.err()).contains("pushed " + registry.host() + "/one@sha256:");
            long sent = registry.count("PUT /v2/one/blobs");
            assertThat(sent).isGreaterThan(8);

            Ran again = build(definition, registry.host() + "/one:2");
            assertThat(again.err()).contains("0 blobs sent (0 B)");
            assertThat(registry.count("PUT /v2/one/blobs")).isEqualTo(sent);
        }
    }

    @Test
    void aRegistryOfAnotherProjectTakesIt() throws Exception {
        Tool server = Tool.require("docker-registry");
        int port = freePort();
        Path config = Files.writeString(dir.resolve("registry.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(dir.resolve("storage"), port));
        Process process = new ProcessBuilder(server.path().toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("registry.log").toFile())
                .start();
        try {
            await(port);
            String host = "127.0.0.1:" + port;
            Ran first = build(MadeDistributions.deb(dir), host + "/team/made:1");
            assertThat(first.err()).contains("pushed " + host + "/team/made@sha256:");
            assertThat(build(dir.resolve("deb.yaml"), host + "/team/made:2").err())
                    .contains("0 blobs sent (0 B)");
            // another repository gets its layers by mounts, also from another run of cairn; documents about images
            // travel
            Ran other = build(dir.resolve("deb.yaml"), host + "/other:1");
            assertThat(sent(other)).isLessThanOrEqualTo(sent(first) - LAYERS);

            Tool skopeo = Tool.require("skopeo");
            for (String architecture : List.of("amd64", "arm64")) {
                Path copy = dir.resolve("copy-" + architecture);
                skopeo.run(
                                "--override-arch",
                                architecture,
                                "copy",
                                "--src-tls-verify=false",
                                "docker://" + host + "/other:1",
                                "oci:" + copy + ":1")
                        .success();
                assertThat(skopeo.run("inspect", "--config", "oci:" + copy + ":1")
                                .success())
                        .contains("\"architecture\": \"" + architecture + "\"");
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(int port) throws Exception {
        for (int i = 0; i < 100; i++) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("the registry does not answer");
    }
}
