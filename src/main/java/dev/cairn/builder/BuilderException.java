package dev.cairn.builder;

/// A build that could not be done. The message says what failed, where the log is, and what to try.
public final class BuilderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// The machine has no builder, or none that can do this.
        UNAVAILABLE,
        /// The builder ended with an error: mostly a step of the Dockerfile that failed.
        FAILED,
        /// It took longer than it may.
        TIMEOUT
    }

    private final Code code;

    /// An exception whose message says what failed, on which input, and what to try.
    public BuilderException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
