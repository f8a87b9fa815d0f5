package dev.cairn.advisory;

import java.util.Objects;

/// A feed, a VEX document or the database is not what it has to be. The message names the input and what was found.
public final class AdvisoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong.
    public enum Code {
        /// A feed or document that does not keep to its format.
        MALFORMED,
        /// A feed or document above the size that is read.
        TOO_LARGE,
        /// There is no database yet, or none for what is asked.
        NO_DATABASE,
        /// A file of the database is not what its digest says.
        DAMAGED,
        /// A name that means nothing here: an ecosystem, a branch, a kind of feed.
        UNKNOWN_NAME
    }

    private final Code code;

    /// A failure with a message that a person can act on.
    public AdvisoryException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    AdvisoryException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /// What is wrong.
    public Code code() {
        return code;
    }

    static AdvisoryException malformed(String what, String problem) {
        return new AdvisoryException(Code.MALFORMED, what + ": " + problem);
    }
}
