package dev.cairn.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.attest.PredicateType;
import dev.cairn.attest.Signer;
import dev.cairn.attest.Verification;
import dev.cairn.attest.Verification.Report;
import dev.cairn.keys.KeyFile;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.publish.Publication.Content;
import dev.cairn.testing.SmallImages;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Publishing into Debian's docker-registry, which knows no referrers, and verifying there with the real cosign.
class DockerRegistryIT {
    @TempDir
    Path folder;

    private Process server;
    private Reference tag;

    @BeforeEach
    void start() throws IOException {
        Path program = Tool.require("docker-registry").path();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(
                folder.resolve("config.yml"),
                "version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: " + folder.resolve("data")
                        + "}}\nhttp: {addr: '127.0.0.1:" + port + "'}\n");
        server = new ProcessBuilder(program.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        tag = Reference.parse("127.0.0.1:" + port + "/team/app:1");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void whatIsPublishedIsSignedAndFound() throws IOException {
        PrivateKey key = PrivateKey.generate(new SecureRandom());
        // The retries of the client are the wait until the server listens.
        RegistryClient client = new RegistryClient(RegistryOptions.ANONYMOUS.withRetries(8, Duration.ofMillis(200)));
        Image image = SmallImages.image(SmallImages.file("a", "b"));
        Papers papers = Papers.of(
                image.descriptor(),
                "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"x\"}".getBytes(UTF_8),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}".getBytes(UTF_8),
                "{\"buildDefinition\":{\"buildType\":\"x\"},\"runDetails\":{\"builder\":{\"id\":\"y\"}}}"
                        .getBytes(UTF_8));
        new Publication(client, new Signer(client, key))
                .publish(Content.of(image, List.of(papers)), List.of(tag), null);

        Report report = new Verification(client, key.publicKey()).verify(tag, image.digest());
        assertThat(report.signatures()).hasSize(2);
        assertThat(report.attestations()).hasSize(3);
        assertThat(client.referrers(tag, image.digest(), "application/spdx+json"))
                .hasSize(1);
        assertThat(client.referrers(tag, image.digest(), null)).hasSize(7);
        assertThat(report.attestations(PredicateType.SLSA_PROVENANCE)).hasSize(1);

        Path file = folder.resolve("key.pub");
        KeyFile.writePublic(file, key.publicKey().pem());
        Tool cosign = Tool.require("cosign").with("HOME", folder.toString());
        cosign.run("verify", "--key", file, "--insecure-ignore-tlog", "--allow-insecure-registry", tag)
                .success();
        for (String type : List.of("spdxjson", "cyclonedx", "slsaprovenance1")) {
            cosign.run(
                            "verify-attestation",
                            "--key",
                            file,
                            "--insecure-ignore-tlog",
                            "--allow-insecure-registry",
                            "--type",
                            type,
                            tag)
                    .success();
        }
    }
}
