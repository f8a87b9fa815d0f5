package dev.cairn.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of this machine that a test needs: `skopeo`, `podman`, `umoci`, `docker`.
public final class Tool {
    private static final long MINUTES = 5;

    private final Path program;
    private final Map<String, String> environment;

    private Tool(Path program, Map<String, String> environment) {
        this.program = program;
        this.environment = Map.copyOf(environment);
    }

    /// What a program did.
    ///
    /// @param exit its exit code
    /// @param output what it printed on both streams
    public record Result(int exit, String output) {
        /// The output, if it ended well; else the test fails with it.
        public String success() {
            if (exit != 0) {
                throw new AssertionError("exit code " + exit + ": " + output);
            }
            return output;
        }
    }

    /// The program, or the test is skipped with the reason.
    public static Tool require(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return new Tool(candidate, Map.of());
            }
        }
        System.out.println("skipped: there is no " + name + " on the PATH");
        return abort("there is no " + name + " on the PATH");
    }

    /// Skips the test unless it is run by root.
    public static void requireRoot() throws IOException {
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
            System.out.println("skipped: this test must be run by root");
            abort("this test must be run by root");
        }
    }

    /// Where it is.
    public Path path() {
        return program;
    }

    /// The same with a further variable in its environment.
    public Tool with(String variable, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(variable, value);
        return new Tool(program, all);
    }

    /// Runs it to its end, with nothing on standard input.
    public Result run(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Path output = Files.createTempFile("tool", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            Process process = builder.redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end: " + Files.readString(output));
            }
            return new Result(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(output);
        }
    }
}
