package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.Image;
import dev.cairn.sandbox.PortForward;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxResult;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.testing.HelloProgram;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds every example from Debian's packages and lets it do its job: as its own user, with a read-only root, without
/// capabilities and network.
class ExamplesIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int OUTPUT = 1 << 20;
    private static final int TRIES = 300;
    private static final List<String> PROGRAMS = List.of("bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin");
    private static final List<String> UNWANTED =
            List.of("sh", "bash", "dash", "busybox", "dpkg", "apt", "apt-get", "apk", "perl");

    @TempDir
    Path dir;

    private final BuiltImages images = new BuiltImages();
    private Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        Tool.requireRoot();
        sandbox = BuiltImages.sandbox(dir);
    }

    private static void hasNoShellNorPackageManager(AssembledImage built, Path root) throws IOException {
        assertThat(built.traits().shells()).isEmpty();
        assertThat(built.traits().packageManagers()).isEmpty();
        assertThat(built.image().config().execution().user()).isEqualTo("65532");
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(path -> UNWANTED.contains(String.valueOf(path.getFileName())))
                    .map(path -> root.relativize(path).toString())
                    .filter(path -> PROGRAMS.contains(path.substring(0, Math.max(0, path.lastIndexOf('/')))))
                    .forEach(found::add);
        }
        assertThat(found).isEmpty();
    }

    private String succeed(SandboxSpec.Builder spec) throws Exception {
        SandboxResult result = sandbox.run(spec.build(), LONG, OUTPUT);
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
        return result.out();
    }

    @Test
    void staticRunsAStaticProgram() throws Exception {
        AssembledImage built = images.example("static");
        Path root = BuiltImages.unpack(built.image(), dir);
        hasNoShellNorPackageManager(built, root);
        assertThat(certificates(root)).isGreaterThan(100);
        assertThat(root.resolve("usr/share/zoneinfo/Europe/Berlin")).isNotEmptyFile();
        assertThat(Files.readString(root.resolve("etc/passwd"))).contains("nonroot:x:65532:65532:");
        assertThat(Files.readString(root.resolve("etc/os-release"))).contains("ID=debian");

        byte[] program = HelloProgram.elf("hello\n");
        Path file = Files.write(root.resolve("home/nonroot/hello"), program);
        assertThat(file.toFile().setExecutable(true, false)).isTrue();
        assertThat(succeed(BuiltImages.run(built.image(), root, List.of("/home/nonroot/hello"))))
                .isEqualTo("hello\n");
    }

    private static long certificates(Path root) throws IOException {
        return Files.readString(root.resolve("etc/ssl/certs/ca-certificates.crt"))
                .lines()
                .filter("-----BEGIN CERTIFICATE-----"::equals)
                .count();
    }

    @Test
    void baseHasAShellAndAPackageManager() throws Exception {
        AssembledImage built = images.example("base");
        Path root = BuiltImages.unpack(built.image(), dir);
        assertThat(certificates(root)).isGreaterThan(100);
        String script = "id -u && dpkg-query -W -f '${Package}\\n' base-files && ls /etc/apt/sources.list.d"
                + " && date -d 2024-07-01T12:00Z +%z && perl -e 'print 6*7' && ! touch /etc/x 2>/dev/null";

        String said = succeed(BuiltImages.run(built.image(), root, List.of("/bin/bash", "-c", script))
                .user("nonroot")
                .env("TZ", "Europe/Berlin"));

        assertThat(said.lines()).containsExactly("65532", "base-files", "cairn.list", "+0200", "42");
    }

    @Test
    void pythonHasTlsAndSqlite() throws Exception {
        AssembledImage built = images.example("python");
        Path root = BuiltImages.unpack(built.image(), dir);
        hasNoShellNorPackageManager(built, root);
        String program = """
                import os, sqlite3, ssl, zoneinfo, tempfile, datetime
                print(len(ssl.create_default_context().get_ca_certs()))
                print(sqlite3.connect(":memory:").execute("select 6 * 7").fetchone()[0])
                print(os.getuid(), os.getcwd())
                print(datetime.datetime(2024, 7, 1, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")).utcoffset())
                tempfile.TemporaryFile().write(b"x")
                try:
                    open("/app/x", "w")
                except OSError as e:
                    print(e.strerror)
                import bz2, lzma, zlib, ctypes, hashlib, json, asyncio, curses, readline, uuid, decimal
                """;

        List<String> said =
                command(built.image(), root, List.of("-c", program)).lines().toList();

        assertThat(Integer.parseInt(said.getFirst())).isGreaterThan(100);
        assertThat(said.subList(1, said.size()))
                .containsExactly("42", "65532 /app", "2:00:00", "Read-only file system");
    }

    private String command(Image image, Path root, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(image.config().execution().entrypoint());
        command.addAll(arguments);
        return succeed(BuiltImages.run(image, root, command));
    }

    @Test
    void redisAnswers() throws Exception {
        AssembledImage built = images.example("redis");
        Path root = BuiltImages.unpack(built.image(), dir);
        hasNoShellNorPackageManager(built, root);
        try (RunningSandbox running = start(built.image(), root, 6379)) {
            int port = running.hostPorts().getFirst();
            assertThat(eventually(running, () -> redis(port, "PING"))).isEqualTo("+PONG");
            assertThat(redis(port, "SET k hello")).isEqualTo("+OK");
            assertThat(redis(port, "GET k")).isEqualTo("$5 hello");
            assertThat(running.stop("TERM", LONG)).isZero();
        }
    }

    @Test
    void nginxServesAPage() throws Exception {
        AssembledImage built = images.example("nginx");
        Path root = BuiltImages.unpack(built.image(), dir);
        hasNoShellNorPackageManager(built, root);
        try (RunningSandbox running = start(built.image(), root, 8080)) {
            URI address = URI.create("http://127.0.0.1:" + running.hostPorts().getFirst() + "/");
            String page = eventually(running, () -> get(address));
            assertThat(page).isEqualTo(Files.readString(root.resolve("usr/share/nginx/html/index.html")));
            assertThat(running.stop("QUIT", LONG)).isZero();
        }
    }

    private RunningSandbox start(Image image, Path root, int port) throws IOException {
        List<String> command = new ArrayList<>(image.config().execution().entrypoint());
        command.addAll(image.config().execution().cmd());
        return sandbox.start(BuiltImages.run(image, root, command)
                .port(new PortForward(PortForward.LOOPBACK, 0, port))
                .build());
    }

    private interface Attempt {
        String make() throws IOException;
    }

    /// The first answer of a server that may still be starting.
    private static String eventually(RunningSandbox running, Attempt attempt) throws Exception {
        IOException last = new IOException("never tried");
        for (int i = 0; i < TRIES; i++) {
            try {
                return attempt.make();
            } catch (IOException e) {
                last = e;
            }
            if (running.waitFor(Duration.ofMillis(100))) {
                break;
            }
        }
        throw new AssertionError(running.output() + running.errorOutput(), last);
    }

    private static String get(URI address) throws IOException {
        try (InputStream in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Sends an inline command and then QUIT; the answer to the first on one line.
    private static String redis(int port, String command) throws IOException {
        try (Socket socket = new Socket(PortForward.LOOPBACK, port)) {
            OutputStream out = socket.getOutputStream();
            out.write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.isEmpty()) {
                throw new IOException("no answer yet");
            }
            return answer.substring(0, answer.lastIndexOf("+OK")).strip().replace("\r\n", " ");
        }
    }
}
