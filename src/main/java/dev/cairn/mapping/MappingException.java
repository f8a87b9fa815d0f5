package dev.cairn.mapping;

/// Names can't be looked up: a table or the user's rows can't be read.
public final class MappingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Code {
        /// A table of this program is broken.
        TABLE,
        /// The user's own rows can't be read.
        CUSTOM_ROWS,
        /// The catalogue can't be read.
        CATALOGUE
    }

    private final Code code;

    /// A failure with its message.
    public MappingException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What went wrong.
    public Code code() {
        return code;
    }
}
