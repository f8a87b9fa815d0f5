package dev.cairn.image;

/// An image can't be put together.
public final class ImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Code {
        /// The definition names no repository.
        NO_REPOSITORY,
        /// The definition asks for what can't be had together.
        UNSOLVABLE,
        /// Two packages hold different files at one path, and neither may replace the other's.
        FILE_CONFLICT,
        /// The definition names a path or program that is not there.
        MISSING_FILE,
        /// The definition and its lock disagree.
        LOCK_DRIFT,
        /// A package that the lock names is no longer to be had.
        PACKAGE_GONE,
        /// The lock can't be read.
        LOCK_FORMAT,
        /// The definition asks for what this format of packages does not have.
        UNSUPPORTED
    }

    private final Code code;

    /// A failure with its message.
    public ImageException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What went wrong.
    public Code code() {
        return code;
    }
}
