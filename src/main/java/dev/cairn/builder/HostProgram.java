package dev.cairn.builder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Programs of this machine, run to their end. What they print is added to a log.
public final class HostProgram {
    private static final int MOST_WORDS = 64 << 10;

    private HostProgram() {}

    /// How a program ended.
    ///
    /// @param code its exit code; [#LATE] when its time was over
    /// @param words what it printed; the last 64 KiB of it
    public record Ended(int code, String words) {
        /// The code of a program that was killed since its time was over.
        public static final int LATE = -1;

        /// Whether it did what it was asked for.
        public boolean isFine() {
            return code == 0;
        }
    }

    /// The program's file; null where the PATH has none.
    public static @Nullable Path find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : (path + ":/usr/sbin:/usr/bin:/sbin:/bin").split(":", -1)) {
            if (folder.startsWith("/")) {
                Path file = Path.of(folder, program);
                if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    /// Runs it; it and all that it started are killed when the time is over.
    ///
    /// @param environment set on top of this process's own
    /// @param folder where it runs; null for this process's own
    public static Ended run(
            List<String> command, Map<String, String> environment, @Nullable Path folder, Path log, Duration limit)
            throws IOException, InterruptedException {
        long start = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        Process process = builder.start();
        try {
            boolean done = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String words = words(log, start);
            return done
                    ? new Ended(process.exitValue(), words)
                    : new Ended(Ended.LATE, words + "\nnot done after " + limit.toSeconds() + " s");
        } finally {
            if (process.isAlive()) {
                kill(process);
            }
        }
    }

    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private static String words(Path log, long start) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(start, file.length() - MOST_WORDS);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }
}
