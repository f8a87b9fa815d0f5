package dev.cairn.keys;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import org.jspecify.annotations.Nullable;

/// How a kind of key signs, as sigstore's clients have it: ECDSA with the hash of the curve's size and a DER signature
/// (FIPS 186-5), RSASSA-PKCS1-v1_5 with SHA-256, Ed25519.
enum KeyAlgorithm {
    ECDSA_P256("EC", "SHA256withECDSA"),
    ECDSA_P384("EC", "SHA384withECDSA"),
    ECDSA_P521("EC", "SHA512withECDSA"),
    RSA("RSA", "SHA256withRSA"),
    ED25519("Ed25519", "Ed25519");

    /// The kinds of keys to try when a structure is read.
    static final String[] FAMILIES = {"EC", "RSA", "Ed25519"};

    private static final int FEWEST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16384;

    private final String family;
    private final String signature;

    KeyAlgorithm(String family, String signature) {
        this.family = family;
        this.signature = signature;
    }

    String family() {
        return family;
    }

    String signature() {
        return signature;
    }

    /// The algorithm of a key; null where such keys are not used here, weak ones among them.
    static @Nullable KeyAlgorithm of(Key key) {
        return switch (key) {
            case ECKey ec ->
                switch (ec.getParams().getOrder().bitLength()) {
                    case 256 -> isP256(ec) ? ECDSA_P256 : null;
                    case 384 -> ECDSA_P384;
                    case 521 -> ECDSA_P521;
                    default -> null;
                };
            case RSAKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                yield bits < FEWEST_RSA_BITS || bits > MOST_RSA_BITS ? null : RSA;
            }
            case EdECKey ed -> ed.getParams().getName().equals("Ed25519") ? ED25519 : null;
            default -> null;
        };
    }

    /// secp256k1 has the same size.
    private static boolean isP256(ECKey key) {
        return key.getParams().toString().contains("secp256r1");
    }
}
