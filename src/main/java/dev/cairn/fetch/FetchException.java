package dev.cairn.fetch;

import java.util.Objects;

/// A download that did not give what was asked for. Local disk trouble is an [java.io.IOException] instead.
public final class FetchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Code {
        /// Neither the server nor the folder has it (404, 410, no such file).
        NOT_FOUND,
        /// The server wants credentials, or others (401, 403, 407).
        DENIED,
        /// The server answered with another error, or with something that is no answer to the question.
        BAD_ANSWER,
        /// The server could not be reached, or broke off, or was too slow, on every attempt.
        UNREACHABLE,
        /// The bytes are not those that were expected.
        DIGEST_MISMATCH,
        /// There are more bytes than were expected or are allowed.
        TOO_LARGE,
        /// It is not in the cache, and downloads are off.
        OFFLINE,
        /// The address cannot be used: another scheme, no host.
        BAD_ADDRESS
    }

    private final Code code;

    /// An exception with a message that a person can act on.
    public FetchException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    FetchException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /// What went wrong.
    public Code code() {
        return code;
    }
}
