package dev.cairn.server;

import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import dev.cairn.registry.PackageStore;
import dev.cairn.registry.http.Limits;
import dev.cairn.testing.TestCertificate;
import dev.cairn.testing.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The registry over TLS, with its certificate and key from PEM files.
class TlsTest {
    private static final int LARGE = 5_000_000;

    @TempDir
    private Path folder;

    private static TestRegistry.Setting setting(Path data, ServerOptions.Tls tls) {
        return new TestRegistry.Setting(data, Limits.DEFAULT, PackageStore.NONE, tls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void anImageIsPushedAndPulled(String algorithm) throws IOException {
        TestCertificate certificate = TestCertificate.make(folder, algorithm);
        try (TestRegistry registry = TestRegistry.startTls(folder.resolve("registry"), certificate)) {
            assertThat(registry.server().address()).startsWith("https://");
            byte[] large = new byte[LARGE];
            new Random(1).nextBytes(large);
            Digest layer = registry.blob("org/app", large);
            Digest config = registry.blob("org/app", "{}".getBytes(UTF_8));
            String json = TestRegistry.image(config, layer, "");
            registry.push("org/app", "tag", MANIFEST, json).expect(201);

            assertThat(registry.get(manifests("org/app", "tag")).expect(200).text())
                    .isEqualTo(json);
            // more than a window of the transfer, whole and in part
            assertThat(registry.get(blobs("org/app", layer)).expect(200).body()).isEqualTo(large);
            assertThat(registry.get(blobs("org/app", layer))
                            .header("Range", "bytes=1048000-1049000")
                            .expect(206)
                            .body())
                    .isEqualTo(java.util.Arrays.copyOfRange(large, 1_048_000, 1_049_001));
            // the token server is named by https
            assertThat(registry.get("/v2/").anonymously().expect(401).header("WWW-Authenticate"))
                    .startsWith("Bearer realm=\"" + registry.server().address() + "/token\"");
        }
    }

    @Test
    void plainHttpAndUntrustedCertificatesGetNothing() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "EC");
        try (TestRegistry registry = TestRegistry.startTls(folder.resolve("registry"), certificate);
                HttpClient stranger = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(registry.server().address() + uploads("org/app")))
                    .build();
            assertThatThrownBy(() -> stranger.send(request, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
            HttpRequest plain = HttpRequest.newBuilder(URI.create("http://" + registry.host() + "/v2/"))
                    .build();
            assertThatThrownBy(() -> stranger.send(plain, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
            registry.get("/v2/").expect(200);
        }
    }

    @Test
    void filesThatMakeNoCertificateAreToldOf() throws IOException {
        TestCertificate certificate = TestCertificate.make(folder, "EC");
        Path cert = certificate.tls().certificate();
        Path none = Files.writeString(folder.resolve("none.pem"), "nothing\n");
        assertThatThrownBy(() -> TestRegistry.start(setting(folder.resolve("a"), new ServerOptions.Tls(cert, none))))
                .hasMessageContaining("none.pem holds no private key in PKCS #8")
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> TestRegistry.start(setting(
                        folder.resolve("b"),
                        new ServerOptions.Tls(none, certificate.tls().key()))))
                .hasMessageContaining("none.pem");
        Path other = Files.createDirectories(folder.resolve("other"));
        Path foreign = TestCertificate.make(other, "RSA").tls().key();
        assertThatThrownBy(() -> TestRegistry.start(setting(folder.resolve("c"), new ServerOptions.Tls(cert, foreign))))
                .hasMessageContaining("holds no EC key");
    }
}
