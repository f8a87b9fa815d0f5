package dev.cairn.migrate.split;

/// Ends a split from within; never leaves this room.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final SplitReason reason;
    private final int offset;
    private final String subject;

    /// @param offset the byte in the file that decided
    Refusal(SplitReason reason, int offset, String subject) {
        super(reason.code(), null, false, false);
        this.reason = reason;
        this.offset = offset;
        this.subject = subject;
    }

    SplitReason reason() {
        return reason;
    }

    int offset() {
        return offset;
    }

    String subject() {
        return subject;
    }
}
