package dev.cairn.builder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs programs of the host whose words go to a log.
final class Programs {
    private static final int TAIL_BYTES = 8192;
    private static final int TAIL_LINES = 12;

    private final Path log;
    private final Map<String, String> environment;

    /// @param environment set on top of this process's own
    Programs(Path log, Map<String, String> environment) {
        this.log = log;
        this.environment = environment;
    }

    /// The program's file; null where the PATH has none.
    static @Nullable Path find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String dir : (path + ":/usr/sbin:/usr/bin:/sbin:/bin").split(":", -1)) {
            if (dir.startsWith("/")) {
                Path file = Path.of(dir, program);
                if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    /// Runs it to its end; it and all that it started are killed when the time is over.
    void run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Files.writeString(
                log,
                "$ " + String.join(" ", command) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BuilderException(
                        BuilderException.Code.TIMEOUT,
                        name(command) + " was not done after " + limit.toSeconds() + " s\n" + tail());
            }
        } finally {
            if (process.isAlive()) {
                kill(process);
            }
        }
        if (process.exitValue() != 0) {
            throw new BuilderException(
                    BuilderException.Code.FAILED,
                    name(command) + " ended with exit code " + process.exitValue() + "\n" + tail());
        }
    }

    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private static String name(List<String> command) {
        int own = command.indexOf("--") + 1;
        return String.valueOf(Path.of(command.get(own)).getFileName());
    }

    /// The log's last lines, and where it is.
    private String tail() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "  " + String.join("\n  ", last) + "\nlog: " + log;
        }
    }
}
