package dev.cairn.migrate.minimise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StraceLogTest {
    private static final String LOG = """
            10 execve("/usr/sbin/runc", ["/usr/sbin/runc", "run"], 0x7ffd /* 3 vars */) = 0
            10 openat(AT_FDCWD, "/etc/host-only", O_RDONLY|O_CLOEXEC) = 3
            11 execve("/proc/self/exe", ["serve", "init"], 0xc0 /* 6 vars */) = 0
            12 execve("/usr/bin/serve", ["serve", "--port", "80"], 0xc0 /* 6 vars */) = 0
            12 openat(AT_FDCWD, "/lib/libz.so.1", O_RDONLY|O_CLOEXEC) = 3
            12 openat(AT_FDCWD, "/missing", O_RDONLY) = -1 ENOENT (No such file or directory)
            12 openat(AT_FDCWD, "relative", O_RDONLY) = 4
            12 readlink("/usr/bin/link", "target", 4095) = 6
            12 newfstatat(AT_FDCWD, "/opt/with \\"quotes\\" and \\303\\244", {st_mode=S_IFREG|0644, ...}, 0) = 0
            12 access("/etc/ld.so.preload", R_OK) = -1 ENOENT (No such file or directory)
            13 openat(AT_FDCWD, "/slow", O_RDONLY <unfinished ...>
            14 openat(AT_FDCWD, "/lost", O_RDONLY <unfinished ...>
            13 <... openat resumed>) = 5
            14 <... openat resumed>) = -1 EACCES (Permission denied)
            15 openat(AT_FDCWD, "/cut/off"..., O_RDONLY) = 5
            15 socket(AF_INET, "/no/path") = 3
            15 openat(AT_FDCWD, "/unended
            + exited
            """;

    @Test
    void whatTheProgramOpens() {
        assertThat(StraceLog.paths(LOG.lines().toList(), "serve"))
                .containsExactly(
                        "/lib/libz.so.1", "/opt/with \"quotes\" and ä", "/slow", "/usr/bin/link", "/usr/bin/serve");
    }

    @Test
    void aProgramThatNeverStartsOpensNothing() {
        assertThat(StraceLog.paths(LOG.lines().toList(), "other")).isEmpty();
    }

    @Test
    void longLinesAreLeftOut() {
        String name = "/x".repeat(StraceLog.LONGEST);
        List<String> lines =
                List.of("1 execve(\"/a\", [\"a\"], 0x0) = 0", "1 openat(AT_FDCWD, \"" + name + "\", O_RDONLY) = 3");
        assertThat(paths(lines)).containsExactly("/a");
    }

    private static java.util.Set<String> paths(List<String> lines) {
        try {
            Path file = Files.createTempFile("log", ".txt");
            try {
                Files.write(file, lines, StandardCharsets.ISO_8859_1);
                return StraceLog.paths(file, "a");
            } finally {
                Files.delete(file);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anyBytesAreRead(@TempDir Path folder) {
        Path file = folder.resolve("log");
        Mutations.of(LOG.getBytes(StandardCharsets.UTF_8), 3, 300, bytes -> {
            Files.write(file, bytes);
            assertThat(StraceLog.paths(file, "serve")).allMatch(each -> each.startsWith("/"));
        });
    }
}
