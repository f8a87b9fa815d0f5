package dev.cairn.keys;

import java.util.Objects;

/// A key that cannot be read, or a signature that proves nothing.
public final class KeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong.
    public enum Code {
        /// The bytes are no key, no keyring, no signature or no signed message.
        MALFORMED,
        /// The signature is by a key that is not trusted.
        NO_KEY,
        /// The signature does not fit the data.
        BAD_SIGNATURE,
        /// The hash or the key is too weak to prove anything, or not known.
        WEAK,
        /// The key or the signature has expired, or is not valid yet.
        EXPIRED,
        /// The key's owner has revoked it.
        REVOKED,
        /// The key may not sign data: its owner made it for something else, or never confirmed it.
        UNUSABLE,
        /// The passphrase of an encrypted key is wrong or missing.
        PASSPHRASE
    }

    private final Code code;

    /// An exception with a message that a person can act on.
    public KeyException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    KeyException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /// What is wrong.
    public Code code() {
        return code;
    }
}
