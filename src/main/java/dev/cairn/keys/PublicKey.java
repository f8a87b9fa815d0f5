package dev.cairn.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// A public key that checks signatures: ECDSA (P-256, P-384, P-521), RSA from 2048 bits on, or Ed25519.
public final class PublicKey {
    private static final String LABEL = "PUBLIC KEY";

    private final java.security.PublicKey key;
    private final KeyAlgorithm algorithm;

    private PublicKey(java.security.PublicKey key, KeyAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    /// Reads a `PUBLIC KEY` PEM block (SubjectPublicKeyInfo, RFC 5280).
    ///
    /// @param name what messages call it
    public static PublicKey parsePem(String pem, String name) {
        Pem block = Pem.parse(pem, "key " + name);
        if (!block.label().equals(LABEL)) {
            String hint =
                    block.label().contains("PRIVATE") ? "\ntry: cairn key public, which prints the public half" : "";
            throw new KeyException(
                    KeyException.Code.MALFORMED,
                    "key " + name + " holds a '" + block.label() + "' (expected 'PUBLIC KEY')" + hint);
        }
        for (String family : KeyAlgorithm.FAMILIES) {
            try {
                return of(KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(block.bytes())), name);
            } catch (GeneralSecurityException e) {
                // Of another family, or of none.
            }
        }
        throw new KeyException(KeyException.Code.MALFORMED, "key " + name + " is no ECDSA, RSA or Ed25519 public key");
    }

    static PublicKey of(java.security.PublicKey key, String name) {
        KeyAlgorithm algorithm = KeyAlgorithm.of(key);
        if (algorithm == null) {
            throw new KeyException(
                    KeyException.Code.WEAK,
                    "key " + name + " is of a kind or size that is not used (expected ECDSA P-256, P-384 or P-521, RSA"
                            + " from 2048 bits on, Ed25519)");
        }
        return new PublicKey(key, algorithm);
    }

    /// Whether `signature` was made over `data` with this key's private half.
    public boolean verify(byte[] data, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm.signature());
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // No signature at all by its shape.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm.signature(), e);
        }
    }

    /// The SubjectPublicKeyInfo as PEM, as cosign and openssl read it.
    public String pem() {
        return Pem.print(LABEL, key.getEncoded());
    }

    /// The base64 of the SHA-256 of the SubjectPublicKeyInfo, by which sigstore bundles hint at their key.
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return algorithm + " " + fingerprint();
    }
}
