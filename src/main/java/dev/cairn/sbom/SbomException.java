package dev.cairn.sbom;

/// A bill of materials, package URL or licence that can't be read. The message names the input and what was found.
public final class SbomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// A document that breaks its format.
        INVALID_DOCUMENT,
        /// A document of a format or version that is not read.
        UNKNOWN_FORMAT,
        /// A text that is no package URL.
        INVALID_PURL,
        /// More components, files or relationships than are read.
        TOO_LARGE
    }

    private final Code code;

    /// An exception whose message says what failed, on which input, and what was found.
    public SbomException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
