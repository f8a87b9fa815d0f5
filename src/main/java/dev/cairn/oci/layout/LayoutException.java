package dev.cairn.oci.layout;

/// An image layout or archive that cannot be read or written. The message names the file and what was found.
public final class LayoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// The path is no OCI layout and no docker archive.
        NOT_A_LAYOUT,
        /// The layout contradicts itself or lacks a file that it names.
        MALFORMED,
        /// There is no such image in the layout, or several and none was named.
        NO_SUCH_IMAGE,
        /// The target is something that is not overwritten.
        OCCUPIED,
        /// A layer whose tar cannot be unpacked as it stands.
        UNSAFE_LAYER
    }

    private final Code code;

    /// An exception whose message says what failed, on which input, and what was found.
    public LayoutException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
