package dev.cairn.image;

import static dev.cairn.image.BuiltExample.LONG;
import static dev.cairn.image.BuiltExample.eventually;
import static dev.cairn.image.BuiltExample.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cairn.oci.Execution;
import dev.cairn.sandbox.Mount;
import dev.cairn.sandbox.Network;
import dev.cairn.sandbox.PortForward;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The servers among the examples answer in their own protocols, and find their data again after a restart.
class ServerExamplesIT {
    private static final int NONROOT = 65532;

    @TempDir
    Path dir;

    @BeforeEach
    void requireRoot() throws IOException {
        Tool.requireRoot();
    }

    /// A folder of the host that belongs to the image's user.
    private Path data() throws IOException {
        Path data = Files.createDirectories(dir.resolve("data"));
        Files.setAttribute(data, "unix:uid", NONROOT);
        Files.setAttribute(data, "unix:gid", NONROOT);
        return data;
    }

    @Test
    void postgresKeepsRows() throws Exception {
        BuiltExample example = BuiltExample.of("postgres", dir);
        example.hasNoPackageManager();
        Mount data = new Mount.Bind(data(), "/var/lib/postgresql/data", false);
        UnaryOperator<SandboxSpec.Builder> first =
                spec -> spec.mount(data).env("POSTGRES_PASSWORD", "se'cret").env("POSTGRES_DB", "shop");
        try (RunningSandbox running = example.start(5432, first)) {
            int port = running.hostPorts().getFirst();
            assertThat(eventually(running, () -> query(example, port, "select 6 * 7")))
                    .isEqualTo("42\n");
            query(example, port, "create table t (name text); insert into t values ('grün'), ('blau')");
            assertThat(running.stop("INT", LONG)).isZero();
        }
        // the password is in the cluster
        try (RunningSandbox running = example.start(5432, spec -> spec.mount(data))) {
            int port = running.hostPorts().getFirst();
            assertThat(eventually(running, () -> query(example, port, "select name from t order by name")))
                    .isEqualTo("blau\ngrün\n");
            assertThat(running.stop("INT", LONG)).isZero();
        }
    }

    private static String query(BuiltExample example, int port, String sql) throws Exception {
        return example.succeed(
                spec -> spec.network(Network.HOST).env("PGPASSWORD", "se'cret"),
                List.of(
                        "/usr/lib/postgresql/17/bin/psql",
                        "-h",
                        PortForward.LOOPBACK,
                        "-p",
                        String.valueOf(port),
                        "-U",
                        "postgres",
                        "-At",
                        "-c",
                        sql,
                        "shop"));
    }

    @Test
    void postgresWantsAPassword() throws Exception {
        BuiltExample example = BuiltExample.of("postgres", dir);
        try (RunningSandbox running = example.start(5432, UnaryOperator.identity())) {
            assertThat(running.waitFor(LONG)).isTrue();
            assertThat(running.waitFor()).isEqualTo(1);
            assertThat(running.errorOutput()).contains("start-postgres: set POSTGRES_PASSWORD");
        }
    }

    @Test
    void redisFindsItsSnapshotAgain() throws Exception {
        BuiltExample example = BuiltExample.of("redis", dir);
        Mount data = new Mount.Bind(data(), "/data", false);
        try (RunningSandbox running = example.start(6379, spec -> spec.mount(data))) {
            int port = running.hostPorts().getFirst();
            eventually(running, () -> BuiltExample.talk(port, "SET k kept", "SAVE", "QUIT"));
            running.stop("TERM", LONG);
        }
        try (RunningSandbox running = example.start(6379, spec -> spec.mount(data))) {
            int port = running.hostPorts().getFirst();
            assertThat(eventually(running, () -> BuiltExample.talk(port, "GET k", "QUIT")))
                    .contains("kept");
        }
    }

    @Test
    void memcachedKeepsItems() throws Exception {
        BuiltExample example = BuiltExample.of("memcached", dir);
        example.hasNoShellNorPackageManager();
        try (RunningSandbox running = example.start(11211, UnaryOperator.identity())) {
            int port = running.hostPorts().getFirst();
            assertThat(eventually(running, () -> BuiltExample.talk(port, "set k 0 0 5", "hello", "get k", "quit")))
                    .isEqualTo("STORED\r\nVALUE k 0 5\r\nhello\r\nEND\r\n");
            running.stop("TERM", LONG);
        }
    }

    @Test
    void haproxyPassesOn() throws Exception {
        BuiltExample example = BuiltExample.of("haproxy", dir);
        example.hasNoShellNorPackageManager();
        HttpServer behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        behind.createContext("/", exchange -> {
            byte[] answer = ("behind: " + exchange.getRequestURI()).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        behind.start();
        int port = freePort();
        UnaryOperator<SandboxSpec.Builder> settings = spec -> spec.network(Network.HOST)
                .env("LISTEN", PortForward.LOOPBACK + ":" + port)
                .env("BACKEND", PortForward.LOOPBACK + ":" + behind.getAddress().getPort());
        Execution execution = example.image().config().execution();
        try (RunningSandbox running = example.start(settings)) {
            assertThat(eventually(running, () -> get(port, "/healthz"))).isEqualTo("ok\n");
            assertThat(get(port, "/some/page?x=1")).isEqualTo("behind: /some/page?x=1");
            assertThat(running.stop(execution.stopSignal().substring(3), LONG)).isZero();
        } finally {
            behind.stop(0);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void prometheusWatchesItself() throws Exception {
        BuiltExample example = BuiltExample.of("prometheus", dir);
        example.hasNoShellNorPackageManager();
        Mount data = new Mount.Bind(data(), "/prometheus", false);
        String query = "/api/v1/query?query=prometheus_build_info";
        try (RunningSandbox running = example.start(9090, spec -> spec.mount(data))) {
            int port = running.hostPorts().getFirst();
            assertThat(eventually(running, () -> get(port, "/-/ready"))).contains("Ready");
            assertThat(eventually(running, () -> scraped(get(port, query)))).contains("\"job\":\"prometheus\"");
            assertThat(running.stop("TERM", LONG)).isZero();
        }
        try (RunningSandbox running = example.start(9090, spec -> spec.mount(data))) {
            int port = running.hostPorts().getFirst();
            assertThat(eventually(running, () -> get(port, query))).contains("\"job\":\"prometheus\"");
        }
    }

    private static String scraped(String answer) throws IOException {
        if (answer.contains("\"result\":[]")) {
            throw new IOException("nothing scraped yet");
        }
        return answer;
    }
}
