package dev.cairn.attest;

/// A signature, attestation or envelope that can't be read. The message says which, and what was found.
public final class AttestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What was wrong.
    public enum Code {
        /// A document that breaks its format.
        MALFORMED
    }

    private final Code code;

    /// An exception whose message says what failed, on which input, and what was found.
    public AttestException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// What was wrong.
    public Code code() {
        return code;
    }
}
