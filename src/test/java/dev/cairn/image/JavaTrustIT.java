package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.sandbox.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real JRE in an image trusts the distribution's certificates and the definition's own: it talks TLS to a server
/// whose certificate a CA of `certificates:` has signed, and to no other.
class JavaTrustIT {
    private static final String PROGRAM = """
            import java.io.*;
            import java.security.KeyStore;
            import javax.net.ssl.*;
            public class App {
                public static void main(String[] args) throws Exception {
                    TrustManagerFactory trust =
                            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                    trust.init((KeyStore) null);
                    System.out.println(((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers().length);
                    System.out.println(handshake("trusted.p12"));
                    System.out.println(handshake("unknown.p12"));
                }
                static String handshake(String file) throws Exception {
                    KeyStore keys = KeyStore.getInstance(new File("/app/" + file), "changeit".toCharArray());
                    KeyManagerFactory managers =
                            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                    managers.init(keys, "changeit".toCharArray());
                    SSLContext server = SSLContext.getInstance("TLS");
                    server.init(managers.getKeyManagers(), null, null);
                    try (SSLServerSocket listening =
                            (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0)) {
                        Thread.ofVirtual().start(() -> {
                            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                                socket.getOutputStream().write("hello".getBytes());
                            } catch (IOException expected) {
                            }
                        });
                        SSLSocketFactory client = (SSLSocketFactory) SSLSocketFactory.getDefault();
                        try (SSLSocket socket =
                                (SSLSocket) client.createSocket("127.0.0.1", listening.getLocalPort())) {
                            return new String(socket.getInputStream().readAllBytes());
                        } catch (SSLHandshakeException e) {
                            return "refused";
                        }
                    }
                }
            }
            """;

    @TempDir
    Path dir;

    @Test
    void theAddedAuthorityIsTrustedAndNoOther() throws Exception {
        Path app = Files.createDirectories(dir.resolve("app"));
        String authority = chain(app, "trusted");
        chain(app, "unknown");
        Path yaml = Files.writeString(
                dir.resolve("jre.yaml"),
                Files.readString(BuiltImages.examples().resolve("jre.yaml"))
                        + "\ncertificates:\n  additional:\n    - name: our-root\n      content: |\n"
                        + authority.indent(8));
        BuiltExample example = BuiltExample.of(DefinitionReader.read(yaml), dir);
        compile(app);

        String said = example.succeed(
                spec -> spec.mount(new Mount.Bind(app, "/app", true)),
                List.of(example.image().config().execution().entrypoint().getFirst(), "-cp", "/app", "App"));

        List<String> lines = said.lines().toList();
        assertThat(Integer.parseInt(lines.getFirst())).isGreaterThanOrEqualTo(100);
        assertThat(lines.subList(1, 3)).containsExactly("hello", "refused");
        assertThat(example.text("etc/ssl/certs/ca-certificates.crt")).contains(authority.strip());
    }

    private static void compile(Path app) throws Exception {
        Path file = Files.writeString(app.resolve("App.java"), PROGRAM);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-d", app.toString(), file.toString());
        assertThat(failed).isZero();
    }

    /// An authority, and a key store `NAME.p12` with a server's key and certificate that it signed; the authority's
    /// certificate in PEM.
    private String chain(Path app, String name) throws Exception {
        Path ca = dir.resolve(name + "-ca.p12");
        Path server = app.resolve(name + ".p12");
        keytool(ca, "-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c", "-keyalg", "EC");
        keytool(server, "-genkeypair", "-alias", "server", "-dname", "CN=localhost", "-keyalg", "EC");
        Path request = dir.resolve(name + ".csr");
        Path certificate = dir.resolve(name + ".crt");
        Path authority = dir.resolve(name + "-ca.crt");
        keytool(server, "-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                ca,
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString());
        keytool(ca, "-exportcert", "-alias", "ca", "-rfc", "-file", authority.toString());
        keytool(server, "-importcert", "-noprompt", "-alias", "ca", "-file", authority.toString());
        keytool(server, "-importcert", "-alias", "server", "-file", certificate.toString());
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rw-r--r--"));
        return Files.readString(authority).replace("\r", "");
    }

    private static void keytool(Path store, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(out).isZero();
    }
}
