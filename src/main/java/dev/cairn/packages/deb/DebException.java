package dev.cairn.packages.deb;

import java.util.Objects;

/// What goes wrong in this room: a file that does not keep to its format, a signature or digest that does not hold,
/// an index that is out of date. The message says what failed, on which input, and what was found.
public final class DebException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The kind of failure.
    public enum Code {
        /// Text or bytes that do not keep to their format.
        MALFORMED,
        /// A file differs from what the signed index says of it.
        MISMATCH,
        /// A suite's Release file is past its Valid-Until, or not valid yet.
        EXPIRED,
        /// A suite's Release file is older than one that was accepted before.
        ROLLBACK,
        /// A signature is missing or does not hold.
        UNTRUSTED,
        /// A suite, component, architecture or package that is not there.
        NOT_FOUND
    }

    private final Code code;

    /// A failure of this kind.
    public DebException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    DebException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /// The kind of failure.
    public Code code() {
        return code;
    }

    static DebException malformed(String message) {
        return new DebException(Code.MALFORMED, message);
    }
}
