package dev.cairn.image.layer;

/// A package can't become a layer.
public final class LayerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Code {
        /// The package holds what no image layer may hold.
        UNSAFE_CONTENT,
        /// The package's content is not what its metadata says.
        INCONSISTENT,
        /// The kept form of a package could not be read back.
        CACHE
    }

    private final Code code;

    LayerException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What went wrong.
    public Code code() {
        return code;
    }
}
