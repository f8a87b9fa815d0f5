package dev.cairn.cli;

import dev.cairn.packages.Resolution;

/// Tells why a world has no solution.
final class Reasons {
    private Reasons() {}

    static void print(Session session, Resolution.Unsolvable unsolvable) {
        Console console = session.console();
        console.err().println(console.errStyled(Console.Style.RED, "cairn: no solution:"));
        for (String reason : unsolvable.reasons()) {
            console.err().println("  " + reason.replace("\n", "\n    "));
        }
    }
}
