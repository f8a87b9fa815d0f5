package dev.cairn.keys;

import dev.cairn.keys.KeyException.Code;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signature packet of version 4 (RFC 9580 section 5.2.3).
final class SignaturePacket {
    static final int BINARY = 0x00;
    static final int TEXT = 0x01;
    static final int FIRST_CERTIFICATION = 0x10;
    static final int LAST_CERTIFICATION = 0x13;
    static final int SUBKEY_BINDING = 0x18;
    static final int PRIMARY_KEY_BINDING = 0x19;
    static final int DIRECT_KEY = 0x1F;
    static final int KEY_REVOCATION = 0x20;
    static final int SUBKEY_REVOCATION = 0x28;

    private final byte[] signedPart;
    private final int type;
    private final int keyAlgorithm;
    private final int hashAlgorithm;
    private final Subpackets hashed;
    private final Subpackets unhashed;
    private final byte[] numbers;

    private SignaturePacket(byte[] body) {
        Packet.Octets in = new Packet.Octets(body, "a signature");
        in.octet();
        type = in.octet();
        keyAlgorithm = in.octet();
        hashAlgorithm = in.octet();
        hashed = new Subpackets(in.bytes(in.number(2)));
        signedPart = Arrays.copyOf(body, in.position());
        unhashed = new Subpackets(in.bytes(in.number(2)));
        in.number(2);
        numbers = in.bytes(in.remaining());
    }

    static SignaturePacket read(byte[] body) {
        if (body.length == 0 || body[0] != 4) {
            throw new KeyException(
                    Code.WEAK, "the signature has version " + (body.length == 0 ? "none" : body[0]) + " (expected 4)");
        }
        return new SignaturePacket(body);
    }

    int type() {
        return type;
    }

    /// The fingerprint or key id of whoever claims to have made it; empty when not said.
    String issuer() {
        return hashed.issuer.isEmpty() ? unhashed.issuer : hashed.issuer;
    }

    /// When it was made; a signature that does not say is one of the year 1970.
    Instant created() {
        return Instant.ofEpochSecond(Math.max(0, hashed.created));
    }

    /// When it stops holding by its own word, or null.
    @Nullable
    Instant expires() {
        return hashed.signatureExpires <= 0 ? null : created().plusSeconds(hashed.signatureExpires);
    }

    /// When `key`, which this signature is over, stops being used by its owner's word, or null.
    @Nullable
    Instant keyExpires(KeyPacket key) {
        return hashed.keyExpires <= 0 ? null : key.created().plusSeconds(hashed.keyExpires);
    }

    /// Whether the key that this signature is over is meant for signing data (section 5.2.3.29); `otherwise` if the
    /// signature does not say.
    boolean allowsSigning(boolean otherwise) {
        return hashed.keyFlags < 0 ? otherwise : (hashed.keyFlags & 0x02) != 0;
    }

    /// The signatures inside this one, as far as they can be read.
    List<SignaturePacket> embedded() {
        List<SignaturePacket> readable = new ArrayList<>();
        for (Subpackets area : List.of(hashed, unhashed)) {
            for (byte[] body : area.embedded) {
                addIfReadable(body, readable);
            }
        }
        return readable;
    }

    private static void addIfReadable(byte[] body, List<SignaturePacket> to) {
        try {
            to.add(read(body));
        } catch (KeyException e) {
            // One that cannot be read confirms nothing.
            return;
        }
    }

    /// What is wrong with the kind of this signature, or null.
    @Nullable
    String weakness() {
        if (hashName() == null) {
            return "uses the hash " + weakHashName() + " (expected SHA256, SHA384 or SHA512)";
        }
        return hashed.unknownCritical < 0
                ? null
                : "has a critical subpacket of the unknown type " + hashed.unknownCritical;
    }

    /// The strong hash functions of section 9.5 in the JDK's terms, else null.
    private @Nullable String hashName() {
        return switch (hashAlgorithm) {
            case 8 -> "SHA256";
            case 9 -> "SHA384";
            case 10 -> "SHA512";
            default -> null;
        };
    }

    private String weakHashName() {
        return switch (hashAlgorithm) {
            case 1 -> "MD5";
            case 2 -> "SHA1";
            case 3 -> "RIPEMD160";
            case 11 -> "SHA224";
            default -> "number " + hashAlgorithm;
        };
    }

    /// Whether this signature is by `key` over `parts`, one after another. `weakToo`: also with SHA-1, for revocations,
    /// which count whatever their hash: to doubt one would be to trust the key.
    boolean holds(KeyPacket key, boolean weakToo, byte[]... parts) {
        String hash = hashName() == null && weakToo && hashAlgorithm == 2 ? "SHA1" : hashName();
        if (hash == null || keyAlgorithm != key.algorithm() || key.weakness() != null) {
            return false;
        }
        try {
            return verify(key.toJdk(), hash, parts);
        } catch (GeneralSecurityException | KeyException e) {
            // Numbers that make no sense for the algorithm: no signature by this key.
            return false;
        }
    }

    private boolean verify(PublicKey key, String hash, byte[][] parts) throws GeneralSecurityException {
        Packet.Octets in = new Packet.Octets(numbers, "a signature");
        return switch (keyAlgorithm) {
            case KeyPacket.RSA -> {
                int length = (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8;
                yield verify(key, hash + "withRSA", padded(in.integer(), length), parts);
            }
            case KeyPacket.ECDSA -> {
                int length = (((ECPublicKey) key).getParams().getOrder().bitLength() + 7) / 8;
                yield verify(key, hash + "withECDSAinP1363Format", pair(in, length), parts);
            }
            case KeyPacket.EDDSA_LEGACY -> verify(key, "Ed25519", pair(in, 32), digest(hash, parts));
            case KeyPacket.ED25519 -> verify(key, "Ed25519", in.bytes(64), digest(hash, parts));
            default -> false;
        };
    }

    private boolean verify(PublicKey key, String algorithm, byte[] signature, byte[][] parts)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        for (byte[] part : parts) {
            verifier.update(part);
        }
        verifier.update(signedPart);
        verifier.update(trailer());
        return verifier.verify(signature);
    }

    private static boolean verify(PublicKey key, String algorithm, byte[] signature, byte[] message)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    /// EdDSA signs the digest (section 5.2.3.3).
    private byte[] digest(String hash, byte[][] parts) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-" + hash.substring("SHA".length()));
        for (byte[] part : parts) {
            digest.update(part);
        }
        digest.update(signedPart);
        return digest.digest(trailer());
    }

    /// Section 5.2.4: version, 0xFF and the length of what the signature itself adds.
    private byte[] trailer() {
        int length = signedPart.length;
        return new byte[] {
            4, (byte) 0xFF, (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        };
    }

    private static byte[] pair(Packet.Octets in, int length) {
        byte[] both = Arrays.copyOf(padded(in.integer(), length), 2 * length);
        System.arraycopy(padded(in.integer(), length), 0, both, length, length);
        return both;
    }

    private static byte[] padded(byte[] number, int length) {
        if (number.length > length) {
            throw new KeyException(Code.MALFORMED, "a signature's number is too long for its key");
        }
        byte[] padded = new byte[length];
        System.arraycopy(number, 0, padded, length - number.length, number.length);
        return padded;
    }
}
