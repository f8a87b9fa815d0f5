package dev.cairn.keys;

/// The hash under an RSA signature. Which of them are good enough is for the format's reader to say.
public enum SignatureHash {
    /// SHA-1: what `.SIGN.RSA.` entries of apk packages and indexes use.
    SHA1("SHA1withRSA"),
    /// SHA-256: `.SIGN.RSA256.`.
    SHA256("SHA256withRSA"),
    /// SHA-512: `.SIGN.RSA512.`.
    SHA512("SHA512withRSA");

    private final String rsaAlgorithm;

    SignatureHash(String rsaAlgorithm) {
        this.rsaAlgorithm = rsaAlgorithm;
    }

    String rsaAlgorithm() {
        return rsaAlgorithm;
    }
}
