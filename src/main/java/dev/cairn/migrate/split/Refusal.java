package dev.cairn.migrate.split;

import dev.cairn.migrate.Reason;

/// Ends a split from within; never leaves this room.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final int offset;
    private final String subject;

    /// @param offset the byte in the file that decided
    Refusal(Reason reason, int offset, String subject) {
        super(reason.id(), null, false, false);
        this.reason = reason;
        this.offset = offset;
        this.subject = subject;
    }

    Reason reason() {
        return reason;
    }

    int offset() {
        return offset;
    }

    String subject() {
        return subject;
    }
}
