package dev.cairn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command prints: results to `out`, words about the work to `err`. Text is UTF-8 whatever the locale.
/// Colour and rewritten lines are only for terminals; the launcher tells which streams are.
final class Console {
    /// Which streams are terminals, as the launcher found: holds `1`, `2`, both or neither.
    private static final String TERMINALS = "cairn.terminals";

    /// How words are set off on a terminal.
    enum Style {
        BOLD("\u001b[1m"),
        DIM("\u001b[2m"),
        RED("\u001b[31m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outColour;
    private final boolean errColour;
    private final boolean errTerminal;

    Console(OutputStream out, OutputStream err, boolean outColour, boolean errColour, boolean errTerminal) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.outColour = outColour;
        this.errColour = errColour;
        this.errTerminal = errTerminal;
    }

    /// The process's own streams. <https://no-color.org>: NO_COLOR, when not empty, turns colour off.
    static Console ofProcess() {
        String terminals = System.getProperty(TERMINALS, "");
        String noColour = System.getenv("NO_COLOR");
        boolean colour = (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                colour && terminals.contains("1"),
                colour && terminals.contains("2"),
                terminals.contains("2"));
    }

    /// For results. Not flushed by line: [#flush] ends the command.
    PrintStream out() {
        return out;
    }

    /// For words about the work; flushed at once.
    PrintStream err() {
        return err;
    }

    boolean outColour() {
        return outColour;
    }

    /// Whether lines on [#err] may be rewritten in place.
    boolean errTerminal() {
        return errTerminal;
    }

    /// The text as [#out] shows it.
    String styled(Style style, String text) {
        return outColour ? style.code + text + PLAIN : text;
    }

    /// The text as [#err] shows it.
    String errStyled(Style style, String text) {
        return errColour ? style.code + text + PLAIN : text;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
