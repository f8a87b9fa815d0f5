package dev.cairn.cli;

import java.io.OutputStream;
import java.util.Map;

/// A run through the usual commands without any effect, for the launcher: the JVM records which classes they load and
/// writes them to its AOT cache.
public final class WarmUp {
    private WarmUp() {}

    /// Runs them. Their output goes nowhere.
    public static void main(String[] args) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Console console = new Console(nowhere, nowhere, false, false, false);
        run(console, "--version");
        run(console, "-q", "--version");
        run(console, "no-such-command");
        run(console, "--help");
        Console.ofProcess().flush();
    }

    private static void run(Console console, String... args) {
        Main.run(console, Map.of(), args);
    }
}
