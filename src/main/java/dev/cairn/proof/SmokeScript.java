package dev.cairn.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The user's own script that tells whether a running program does its work.
final class SmokeScript {
    private static final int TIMED_OUT = 124;
    private static final int OUTPUT_LIMIT = 64 << 10;

    private final Path script;
    private final Duration limit;

    SmokeScript(Path script, Duration limit) {
        this.script = script;
        this.limit = limit;
    }

    /// @param ports the program's ports
    /// @param hostPorts where each is forwarded from
    Conduct.Smoke run(List<Integer> ports, List<Integer> hostPorts) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", script.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        for (int i = 0; i < hostPorts.size(); i++) {
            builder.environment().put("CAIRN_PORT_" + ports.get(i), String.valueOf(hostPorts.get(i)));
        }
        if (!hostPorts.isEmpty()) {
            builder.environment().put("CAIRN_ADDRESS", "127.0.0.1:" + hostPorts.getFirst());
        }
        Process process = builder.start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Conduct.Smoke(ended ? process.exitValue() : TIMED_OUT, output.join());
    }

    private static String read(InputStream in) {
        try (in) {
            String text = new String(in.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8);
            in.transferTo(OutputStream.nullOutputStream());
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
