package dev.cairn.archive;

/// What is wrong with an archive or a compressed stream: its bytes, not the reading of them (that is an
/// [java.io.IOException]).
public final class ArchiveException extends RuntimeException {
    private final Code code;

    /// The kinds of trouble, for callers that decide by them.
    public enum Code {
        /// The bytes do not follow the format.
        MALFORMED,
        /// The input ends inside something.
        TRUNCATED,
        /// A checksum does not match.
        CHECKSUM,
        /// A path or link that leaves the tree, or that file systems cannot hold.
        UNSAFE_PATH,
        /// Well-formed, and not accepted here.
        UNSUPPORTED,
        /// More than the limits allow.
        LIMIT,
        /// Something follows the end of the archive.
        TRAILING_DATA
    }

    /// `message` says what failed on which input and, where it helps, what was found and expected.
    public ArchiveException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// The kind of trouble.
    public Code code() {
        return code;
    }
}
