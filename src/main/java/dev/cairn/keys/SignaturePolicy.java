package dev.cairn.keys;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.jspecify.annotations.Nullable;

/// Which OpenPGP signatures and keys are good enough, before any arithmetic is done.
final class SignaturePolicy {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 16384;

    private SignaturePolicy() {}

    /// What is wrong with the kind of this signature, or null.
    static @Nullable String weakness(PGPSignature signature) {
        if (signature.getVersion() != 4) {
            return "is an OpenPGP signature of version " + signature.getVersion() + " (expected 4)";
        }
        if (!isStrong(signature.getHashAlgorithm())) {
            return "uses the hash " + hashName(signature.getHashAlgorithm()) + " (expected SHA256, SHA384 or SHA512)";
        }
        for (int tag : signature.getHashedSubPackets().getCriticalTags()) {
            if (!isKnown(tag)) {
                return "has a critical subpacket of unknown type " + tag;
            }
        }
        return null;
    }

    /// What is wrong with the kind of this key, or null.
    static @Nullable String weakness(PGPPublicKey key) {
        if (key.getVersion() != 4) {
            return "is an OpenPGP key of version " + key.getVersion() + " (expected 4)";
        }
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL -> rsaWeakness(key);
            case PublicKeyAlgorithmTags.EDDSA_LEGACY ->
                key.getPublicKeyPacket().getKey() instanceof EdDSAPublicBCPGKey ? null : "is no EdDSA key";
            case PublicKeyAlgorithmTags.Ed25519, PublicKeyAlgorithmTags.Ed448, PublicKeyAlgorithmTags.ECDSA -> null;
            default -> "uses the algorithm " + key.getAlgorithm() + " (expected RSA, EdDSA or ECDSA)";
        };
    }

    private static @Nullable String rsaWeakness(PGPPublicKey key) {
        BigInteger modulus = ((RSAPublicBCPGKey) key.getPublicKeyPacket().getKey()).getModulus();
        int bits = modulus.bitLength();
        return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS
                ? null
                : "is an RSA key of " + bits + " bits (expected " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + ")";
    }

    /// When the signature stops holding by its own word, or null.
    static @Nullable Instant expires(PGPSignature signature) {
        long seconds = signature.getHashedSubPackets().getSignatureExpirationTime();
        return seconds == 0 ? null : created(signature).plusSeconds(seconds);
    }

    /// When the signature was made; a signature that does not say is one of the year 1970.
    static Instant created(PGPSignature signature) {
        PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
        Date time = hashed.getSignatureCreationTime();
        return time == null ? Instant.EPOCH : time.toInstant();
    }

    private static boolean isStrong(int hash) {
        return hash == HashAlgorithmTags.SHA256 || hash == HashAlgorithmTags.SHA384 || hash == HashAlgorithmTags.SHA512;
    }

    private static String hashName(int hash) {
        return switch (hash) {
            case HashAlgorithmTags.MD5 -> "MD5";
            case HashAlgorithmTags.SHA1 -> "SHA1";
            case HashAlgorithmTags.RIPEMD160 -> "RIPEMD160";
            case HashAlgorithmTags.SHA224 -> "SHA224";
            default -> "number " + hash;
        };
    }

    private static boolean isKnown(int tag) {
        return switch (tag) {
            case SignatureSubpacketTags.CREATION_TIME,
                    SignatureSubpacketTags.EXPIRE_TIME,
                    SignatureSubpacketTags.EXPORTABLE,
                    SignatureSubpacketTags.REVOCABLE,
                    SignatureSubpacketTags.KEY_EXPIRE_TIME,
                    SignatureSubpacketTags.PREFERRED_SYM_ALGS,
                    SignatureSubpacketTags.ISSUER_KEY_ID,
                    SignatureSubpacketTags.PREFERRED_HASH_ALGS,
                    SignatureSubpacketTags.PREFERRED_COMP_ALGS,
                    SignatureSubpacketTags.KEY_SERVER_PREFS,
                    SignatureSubpacketTags.PREFERRED_KEY_SERV,
                    SignatureSubpacketTags.PRIMARY_USER_ID,
                    SignatureSubpacketTags.POLICY_URL,
                    SignatureSubpacketTags.KEY_FLAGS,
                    SignatureSubpacketTags.SIGNER_USER_ID,
                    SignatureSubpacketTags.REVOCATION_REASON,
                    SignatureSubpacketTags.FEATURES,
                    SignatureSubpacketTags.EMBEDDED_SIGNATURE,
                    SignatureSubpacketTags.ISSUER_FINGERPRINT -> true;
            default -> false;
        };
    }
}
