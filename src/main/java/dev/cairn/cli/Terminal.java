package dev.cairn.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/// The terminal at which a person can be asked something.
final class Terminal {
    private Terminal() {}

    /// The process's terminal; null where there is none. JDK 22 to 24 always have a console, JDK 25 has none without a
    /// terminal: the check that knows the former is off.
    @SuppressWarnings("SystemConsoleNull")
    static @Nullable Console find() {
        Console console = System.console();
        return console == null || !console.isTerminal() ? null : console;
    }
}
