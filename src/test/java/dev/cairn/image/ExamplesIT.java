package dev.cairn.image;

import static dev.cairn.image.BuiltExample.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.testing.HelloProgram;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The five basic examples do their jobs.
class ExamplesIT {
    @TempDir
    Path dir;

    @BeforeEach
    void requireRoot() throws IOException {
        Tool.requireRoot();
    }

    @Test
    void staticRunsAStaticProgram() throws Exception {
        BuiltExample example = BuiltExample.of("static", dir);
        example.hasNoShellNorPackageManager();
        assertThat(example.certificates()).isGreaterThan(100);
        assertThat(example.root().resolve("usr/share/zoneinfo/Europe/Berlin")).isNotEmptyFile();
        assertThat(example.text("etc/passwd")).contains("nonroot:x:65532:65532:");
        assertThat(example.text("etc/os-release")).contains("ID=debian");

        byte[] program = HelloProgram.elf("hello\n");
        Path file = Files.write(example.root().resolve("home/nonroot/hello"), program);
        assertThat(file.toFile().setExecutable(true, false)).isTrue();
        assertThat(example.succeed(UnaryOperator.identity(), List.of("/home/nonroot/hello")))
                .isEqualTo("hello\n");
    }

    @Test
    void baseHasAShellAndAPackageManager() throws Exception {
        BuiltExample example = BuiltExample.of("base", dir);
        assertThat(example.certificates()).isGreaterThan(100);
        String script = "id -u && dpkg-query -W -f '${Package}\\n' base-files && ls /etc/apt/sources.list.d"
                + " && date -d 2024-07-01T12:00Z +%z && perl -e 'print 6*7' && ! touch /etc/x 2>/dev/null";

        String said = example.succeed(
                spec -> spec.user("nonroot").env("TZ", "Europe/Berlin"), List.of("/bin/bash", "-c", script));

        assertThat(said.lines()).containsExactly("65532", "base-files", "cairn.list", "+0200", "42");
    }

    @Test
    void pythonHasTlsAndSqlite() throws Exception {
        BuiltExample example = BuiltExample.of("python", dir);
        example.hasNoShellNorPackageManager();

        List<String> said = example.run("-c", """
                import os, sqlite3, ssl, zoneinfo, tempfile, datetime, locale
                print(len(ssl.create_default_context().get_ca_certs()))
                print(sqlite3.connect(":memory:").execute("select 6 * 7").fetchone()[0])
                print(os.getuid(), os.getcwd())
                print(datetime.datetime(2024, 7, 1, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")).utcoffset())
                print(locale.setlocale(locale.LC_ALL, ""))
                tempfile.TemporaryFile().write(b"x")
                try:
                    open("/app/x", "w")
                except OSError as e:
                    print(e.strerror)
                import bz2, lzma, zlib, ctypes, hashlib, json, asyncio, curses, readline, uuid, decimal
                """).lines().toList();

        assertThat(Integer.parseInt(said.getFirst())).isGreaterThan(100);
        assertThat(said.subList(1, said.size()))
                .containsExactly("42", "65532 /app", "2:00:00", "C.UTF-8", "Read-only file system");
    }

    @Test
    void redisAnswers() throws Exception {
        BuiltExample example = BuiltExample.of("redis", dir);
        example.hasNoShellNorPackageManager();
        try (RunningSandbox running = example.start(6379, UnaryOperator.identity())) {
            int port = running.hostPorts().getFirst();
            assertThat(BuiltExample.eventually(running, () -> redis(port, "PING")))
                    .isEqualTo("+PONG");
            assertThat(redis(port, "SET k hello")).isEqualTo("+OK");
            assertThat(redis(port, "GET k")).isEqualTo("$5 hello");
            assertThat(running.stop("TERM", LONG)).isZero();
        }
    }

    /// Sends an inline command and then QUIT; the answer to the first on one line.
    private static String redis(int port, String command) throws IOException {
        String answer = BuiltExample.talk(port, command, "QUIT");
        return answer.substring(0, answer.lastIndexOf("+OK")).strip().replace("\r\n", " ");
    }

    @Test
    void nginxServesAPage() throws Exception {
        BuiltExample example = BuiltExample.of("nginx", dir);
        example.hasNoShellNorPackageManager();
        try (RunningSandbox running = example.start(8080, UnaryOperator.identity())) {
            int port = running.hostPorts().getFirst();
            String page = BuiltExample.eventually(running, () -> BuiltExample.get(port, "/"));
            assertThat(page).isEqualTo(example.text("usr/share/nginx/html/index.html"));
            assertThat(running.stop("QUIT", LONG)).isZero();
        }
    }
}
