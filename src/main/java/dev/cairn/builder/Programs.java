package dev.cairn.builder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The programs of one build: each has to end well, or the build has failed.
final class Programs {
    private static final int TAIL_LINES = 12;

    private final Path log;
    private final Map<String, String> environment;

    /// @param environment set on top of this process's own
    Programs(Path log, Map<String, String> environment) {
        this.log = log;
        this.environment = environment;
    }

    void run(List<String> command, Duration limit) throws IOException, InterruptedException {
        String line = "$ " + String.join(" ", command) + "\n";
        Files.writeString(log, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        HostProgram.Ended ended = HostProgram.run(command, environment, null, log, limit);
        if (ended.code() == HostProgram.Ended.LATE) {
            throw new BuilderException(
                    BuilderException.Code.TIMEOUT,
                    name(command) + " was not done after " + limit.toSeconds() + " s\n" + tail(ended.words()));
        }
        if (!ended.isFine()) {
            throw new BuilderException(
                    BuilderException.Code.FAILED,
                    name(command) + " ended with exit code " + ended.code() + "\n" + tail(ended.words()));
        }
    }

    private static String name(List<String> command) {
        int own = command.indexOf("--") + 1;
        return String.valueOf(Path.of(command.get(own)).getFileName());
    }

    /// The last lines, and where the others are.
    private String tail(String words) {
        List<String> lines = words.lines().filter(line -> !line.isBlank()).toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return "  " + String.join("\n  ", last) + "\nlog: " + log;
    }
}
