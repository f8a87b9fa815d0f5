package dev.cairn.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cairn.server.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for 127.0.0.1 that is its own issuer, as PEM files.
///
/// @param tls what a server takes
/// @param store the certificate, for clients of the JDK
public record TestCertificate(ServerOptions.Tls tls, KeyStore store) {
    private static final String PASSWORD = "changeit";

    /// Makes one by the JDK's keytool; `algorithm` is EC or RSA.
    public static TestCertificate make(Path folder, String algorithm) throws IOException {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:localhost",
                        "-ext",
                        "BC=ca:true",
                        "-validity",
                        "2",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        try (InputStream in = waitFor(keytool, file)) {
            KeyStore made = KeyStore.getInstance("PKCS12");
            made.load(in, PASSWORD.toCharArray());
            Path certificate = pem(
                    folder.resolve("cert.pem"),
                    "CERTIFICATE",
                    made.getCertificate("server").getEncoded());
            Path key = pem(
                    folder.resolve("key.pem"),
                    "PRIVATE KEY",
                    made.getKey("server", PASSWORD.toCharArray()).getEncoded());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", made.getCertificate("server"));
            return new TestCertificate(new ServerOptions.Tls(certificate, key), trusted);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static InputStream waitFor(Process keytool, Path file) throws IOException {
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed");
            }
            return Files.newInputStream(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Path pem(Path file, String label, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n", US_ASCII);
    }

    /// A client's settings: this certificate is trusted, and no other.
    public SSLContext context() throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
