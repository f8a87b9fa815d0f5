package dev.cairn.oci.source;

/// A text that names no image, or an image that can't be had.
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// The text is neither a path nor a reference that begins with its registry.
        NO_IMAGE,
        /// The image is in a registry, and the network is off limits.
        OFFLINE,
        /// There is no image for the platform.
        NO_PLATFORM
    }

    private final Code code;

    SourceException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
