package dev.cairn.oci;

/// An OCI document, reference or blob that is not what it has to be. The message names the input and what was found.
public final class OciException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// A JSON document that is malformed or that breaks the image specification.
        INVALID_DOCUMENT,
        /// A text that is no image reference, platform or media type.
        INVALID_TEXT,
        /// A blob whose bytes do not have the digest or the size of its descriptor.
        DIGEST_MISMATCH,
        /// A document above the size that Cairn reads.
        TOO_LARGE
    }

    private final Code code;

    /// An exception whose message says what failed, on which input, and what was found.
    public OciException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
