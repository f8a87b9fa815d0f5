package dev.cairn.elf;

/// The bytes begin like an ELF file but contradict themselves or this reader's limits. The message says which field
/// and what was found; the caller, who knows the file's name, says which file.
public final class ElfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong.
    public enum Code {
        /// A structure lies past the end of the file.
        TRUNCATED,
        /// A field has a value that the format does not allow.
        MALFORMED,
        /// More than this reader is willing to look at.
        LIMIT
    }

    private final Code code;

    ElfException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
