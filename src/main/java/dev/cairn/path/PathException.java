package dev.cairn.path;

/// The path cannot be walked. The message says what failed and what to try.
public final class PathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// The repository has nothing to do, or too much.
        REPOSITORY,
        /// An image is asked for that nobody has.
        NO_IMAGE,
        /// A program that ran was not done in time.
        TIMEOUT
    }

    private final Code code;

    PathException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
