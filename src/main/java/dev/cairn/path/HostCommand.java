package dev.cairn.path;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A program of this machine, run to its end; its words are kept up to a limit.
final class HostCommand {
    private static final int MOST_WORDS = 64 << 10;

    private HostCommand() {}

    /// What it did.
    record Ended(int code, String words) {
        boolean isFine() {
            return code == 0;
        }
    }

    /// The program's file; null where the PATH has none.
    static @Nullable Path find(String program) {
        for (String folder : (System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/bin:/sbin:/bin")
                .split(File.pathSeparator, -1)) {
            Path file = Path.of(folder.isEmpty() ? "/" : folder, program);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    /// Runs it; it and what it started are killed when the time is over.
    static Ended run(
            List<String> command, Map<String, String> environment, @Nullable Path folder, Path log, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        Process process = builder.start();
        try {
            boolean done = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String words = words(log);
            return done
                    ? new Ended(process.exitValue(), words)
                    : new Ended(-1, words + "\nnot done after " + limit.toSeconds() + " s");
        } finally {
            if (process.isAlive()) {
                List<ProcessHandle> all = process.descendants().toList();
                process.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static String words(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int from = Math.max(0, bytes.length - MOST_WORDS);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
    }
}
