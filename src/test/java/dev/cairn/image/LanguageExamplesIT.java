package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sandbox.Mount;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The languages among the examples run a program that a team would write: TLS, time zones, UTF-8, a server.
class LanguageExamplesIT {
    @TempDir
    Path dir;

    @BeforeEach
    void requireRoot() throws IOException {
        Tool.requireRoot();
    }

    @Test
    void nodeServesOverTls() throws Exception {
        BuiltExample example = BuiltExample.of("node", dir);
        example.hasNoShellNorPackageManager();

        String said = example.run("-e", """
                const http = require("http"), crypto = require("crypto"), tls = require("tls"), zlib = require("zlib");
                const server = http.createServer((request, response) => response.end("grün " + request.url));
                server.listen(0, "127.0.0.1", async () => {
                    const answer = await fetch("http://127.0.0.1:" + server.address().port + "/x");
                    console.log(await answer.text());
                    console.log(tls.createSecureContext() !== null, tls.rootCertificates.length > 100);
                    console.log(zlib.gunzipSync(zlib.gzipSync("packed")).toString(), process.getuid());
                    console.log(new Date(Date.UTC(2024, 6, 1)).toLocaleString("de-DE", {timeZone: "Europe/Berlin"}));
                    console.log(crypto.createHash("sha256").update("").digest("hex").slice(0, 8));
                    server.close();
                });
                """);

        assertThat(said.lines())
                .containsExactly("grün /x", "true true", "packed 65532", "1.7.2024, 02:00:00", "e3b0c442");
    }

    @Test
    void rubyHasTlsAndUtf8() throws Exception {
        BuiltExample example = BuiltExample.of("ruby", dir);
        example.hasNoShellNorPackageManager();

        String said = example.run("-e", """
                require "openssl"; require "json"; require "yaml"; require "socket"; require "fiddle"; require "bigdecimal"
                puts OpenSSL::X509::Certificate.load_file("/etc/ssl/certs/ca-certificates.crt").size > 100
                store = OpenSSL::X509::Store.new
                store.set_default_paths
                puts store.verify(OpenSSL::X509::Certificate.load_file("/etc/ssl/certs/ca-certificates.crt").first)
                puts Encoding.default_external, Process.uid
                puts JSON.generate(YAML.load("a: [1, grün]"))
                ENV["TZ"] = "Europe/Berlin"
                puts Time.at(1719792000).hour
                server = TCPServer.new("127.0.0.1", 0)
                Thread.new { client = server.accept; client.puts client.gets.upcase; client.close }
                TCPSocket.open("127.0.0.1", server.addr[1]) { |s| s.puts "hello"; puts s.gets }
                """);

        assertThat(said.lines())
                .containsExactly("true", "true", "UTF-8", "65532", "{\"a\":[1,\"grün\"]}", "2", "HELLO");
    }

    @Test
    void jreRunsAJar() throws Exception {
        BuiltExample example = BuiltExample.of("jre", dir);
        example.hasNoShellNorPackageManager();
        Path app = program("""
                import com.sun.net.httpserver.HttpServer;
                import java.net.*;
                import java.net.http.*;
                import java.time.*;
                import javax.net.ssl.SSLContext;
                public class App {
                    public static void main(String[] args) throws Exception {
                        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
                        server.createContext("/", exchange -> {
                            exchange.sendResponseHeaders(200, -1);
                            exchange.close();
                        });
                        server.start();
                        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
                        System.out.println(HttpClient.newHttpClient()
                                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode());
                        server.stop(0);
                        System.out.println(SSLContext.getDefault().getProtocol());
                        System.out.println(LocalDateTime.ofInstant(Instant.EPOCH, ZoneId.of("Europe/Berlin")));
                        System.out.println(System.getProperty("user.name") + " " + System.getProperty("user.dir"));
                        System.out.println("gr\\u00fcn " + java.nio.charset.Charset.defaultCharset());
                    }
                }
                """);

        String said = example.succeed(
                spec -> spec.mount(new Mount.Bind(app, "/app", true)),
                List.of(example.image().config().execution().entrypoint().getFirst(), "-cp", "/app", "App"));

        assertThat(said.lines()).containsExactly("200", "Default", "1970-01-01T01:00", "nonroot /app", "grün UTF-8");
    }

    /// The folder with the compiled class, readable for everyone.
    private Path program(String source) throws IOException {
        Path app = Files.createDirectories(dir.resolve("app"));
        Path file = Files.writeString(app.resolve("App.java"), source);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-d", app.toString(), file.toString());
        assertThat(failed).isZero();
        return app;
    }
}
