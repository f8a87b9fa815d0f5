package dev.cairn.oci.remote;

/// A registry's refusal, or an answer that cannot be. The message names the registry, the request and what it said;
/// it never holds a password or token.
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Code {
        /// No such repository, manifest, blob or tag.
        NOT_FOUND,
        /// The credentials are missing, wrong, or do not allow it.
        DENIED,
        /// The request was refused for another reason.
        REFUSED,
        /// The registry failed or could not be reached, after all attempts.
        UNAVAILABLE,
        /// An answer that breaks OCI distribution-spec.
        BAD_ANSWER,
        /// The configuration of credentials cannot be used.
        BAD_CREDENTIALS
    }

    private final Code code;

    /// An exception whose message says what failed, on which input, and what was found.
    public RegistryException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What went wrong.
    public Code code() {
        return code;
    }
}
