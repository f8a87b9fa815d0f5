package dev.cairn.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Tells on the error stream how far a piece of work has come: one rewritten line on a terminal, a plain line every
/// few seconds elsewhere, nothing while the work is fast or when quiet. Safe for use by several threads.
final class Progress implements AutoCloseable {
    /// Work that takes less than this is not worth a line.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(400);

    private static final long REWRITE_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PRINT_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final int WIDTH = 79;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Console console;
    private final boolean quiet;
    private final String work;
    private final LongSupplier nanos;
    private final long interval;
    private long next;
    private boolean shown;

    Progress(Console console, boolean quiet, String work, LongSupplier nanos) {
        this.console = console;
        this.quiet = quiet;
        this.work = work;
        this.nanos = nanos;
        this.interval = console.errTerminal() ? REWRITE_EVERY : PRINT_EVERY;
        this.next = nanos.getAsLong() + PATIENCE;
    }

    /// `done` of `total` things, the latest of which is `what`.
    void items(long done, long total, String what) {
        if (due()) {
            print(done + "/" + total + " " + what);
        }
    }

    /// `done` of `total` bytes; `total` is negative where it is not known.
    void bytes(long done, long total, String what) {
        if (due()) {
            print(Text.bytes(done) + (total < 0 ? "" : " of " + Text.bytes(total)) + " " + what);
        }
    }

    /// A line that stays, such as that something is tried once more.
    synchronized void note(String line) {
        if (!quiet) {
            close();
            console.err().println(work + ": " + line);
        }
    }

    private synchronized boolean due() {
        if (quiet) {
            return false;
        }
        long now = nanos.getAsLong();
        if (now - next < 0) {
            return false;
        }
        next = now + interval;
        return true;
    }

    private synchronized void print(String state) {
        String line = work + ": " + state;
        if (console.errTerminal()) {
            console.err().print(ERASE_LINE + (line.length() > WIDTH ? line.substring(0, WIDTH) : line));
            console.err().flush();
            shown = true;
        } else {
            console.err().println(line);
        }
    }

    /// Ends it: the rewritten line goes away.
    @Override
    public synchronized void close() {
        if (shown) {
            console.err().print(ERASE_LINE);
            console.err().flush();
            shown = false;
        }
    }
}
