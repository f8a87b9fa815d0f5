package dev.cairn.cli;

/// The entry point.
public final class Main {
    private Main() {}

    /// Runs one command line and exits with its code.
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        int code = new CommandRunner(console, System.getenv(), new Commands()).run(args);
        console.flush();
        // exit rather than return: idle connections of the HTTP client must not keep the process alive
        System.exit(code);
    }
}
