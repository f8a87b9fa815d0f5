package dev.cairn.scan;

import java.util.Objects;

/// A scan that cannot be made, or a file for one that is not what it has to be.
public final class ScanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong.
    public enum Code {
        /// The database has no facts about the image's branch, and guessing is refused.
        UNKNOWN_BRANCH,
        /// The input is nothing that can be scanned.
        UNREADABLE,
        /// A policy, a file of ignore rules or a history that does not keep to its format.
        MALFORMED,
        /// An option's value that means nothing.
        USAGE
    }

    private final Code code;

    /// A failure with a message that a person can act on.
    public ScanException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /// What is wrong.
    public Code code() {
        return code;
    }
}
