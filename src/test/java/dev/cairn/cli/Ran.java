package dev.cairn.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a command line did.
record Ran(int code, String out, String err) {
    /// Runs a command line in this process, with an empty environment and no terminal.
    static Ran cairn(String... args) {
        return cairn(Map.of(), args);
    }

    static Ran cairn(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(out, err, false, false, false);
        int code = Main.run(console, environment, args);
        console.flush();
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
