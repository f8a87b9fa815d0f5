package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// What went wrong with apk repositories, packages or worlds. The message names the input, what was found and what was
/// expected; a second line `try: …` says what to do where there is something to do.
public final class ApkException extends RuntimeException {
    /// What kind of thing went wrong.
    public enum Code {
        /// A version, a dependency or a repository line that is not of its form.
        SYNTAX,
        /// An index that is no index.
        INDEX_FORMAT,
        /// A package file that is no apk v2 package, or one that holds what is not allowed.
        PACKAGE_FORMAT,
        /// No signature, no key for it, or one that does not fit.
        SIGNATURE,
        /// Bytes that are not the ones that the index or the package itself names.
        CHECKSUM,
        /// A package whose name, version or architecture is not that of its index row.
        MISMATCH,
        /// An index older than one that was accepted before.
        ROLLBACK,
        /// Something that is beyond what this reader takes.
        LIMIT
    }

    private static final long serialVersionUID = 1L;

    private final Code code;

    public ApkException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public ApkException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// What kind of thing went wrong.
    public Code code() {
        return code;
    }
}
