package dev.cairn.cli;

import java.util.Map;

/// The entry point.
public final class Main {
    private Main() {}

    /// Runs one command line and ends the process with its exit code.
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        int code = run(console, System.getenv(), args);
        console.flush();
        // halt rather than exit: exit looks for a logger first (10 ms). Nothing here relies on shutdown hooks at a
        // normal end, and an idle HTTP connection must not keep the process alive.
        Runtime.getRuntime().halt(code);
    }

    static int run(Console console, Map<String, String> environment, String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            console.out().println(Version.text());
            return ExitCode.DONE;
        }
        return new CommandRunner(console, environment, new Commands()).run(args);
    }
}
