package dev.cairn.publish;

/// Something that can't be published. The message says what, and what to try.
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// A tag that must not move names something else.
        TAG_TAKEN
    }

    private final Code code;

    /// An exception whose message says what failed, on which input, and what was found.
    public PublishException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
