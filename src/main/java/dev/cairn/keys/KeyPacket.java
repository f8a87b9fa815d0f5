package dev.cairn.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A public key or subkey packet of version 4 (RFC 9580 section 5.5.2.2).
final class KeyPacket {
    static final int RSA = 1;
    static final int ECDSA = 19;
    static final int EDDSA_LEGACY = 22;
    static final int ED25519 = 27;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 16384;
    /// What stands before the key's own octets in an X.509 SubjectPublicKeyInfo, which is what the JDK reads.
    private static final String ED25519_PREFIX = "302a300506032b6570032100";
    private static final String ED25519_LEGACY_CURVE = "2b06010401da470f01";

    private final byte[] body;
    private final boolean subkey;
    private final String fingerprint;

    KeyPacket(byte[] body, boolean subkey) {
        this.body = body;
        this.subkey = subkey;
        this.fingerprint = fingerprint(body);
    }

    private static String fingerprint(byte[] body) {
        try {
            // Section 5.5.4.2. SHA-1 only names the key here; it vouches for nothing.
            MessageDigest hash = MessageDigest.getInstance("SHA-1");
            hash.update(hashed(body));
            return HexFormat.of().withUpperCase().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static byte[] hashed(byte[] body) {
        byte[] bytes = new byte[body.length + 3];
        bytes[0] = (byte) 0x99;
        bytes[1] = (byte) (body.length >> 8);
        bytes[2] = (byte) body.length;
        System.arraycopy(body, 0, bytes, 3, body.length);
        return bytes;
    }

    boolean isSubkey() {
        return subkey;
    }

    /// Upper-case hex.
    String fingerprint() {
        return fingerprint;
    }

    /// What a signature over this key is made over (section 5.2.4).
    byte[] hashed() {
        return hashed(body);
    }

    /// Whether a signature that names its maker by this fingerprint or key id may be by this key.
    boolean isNamed(String fingerprintOrId) {
        return !fingerprintOrId.isEmpty() && fingerprint.endsWith(fingerprintOrId);
    }

    Instant created() {
        return Instant.ofEpochSecond(new Packet.Octets(Arrays.copyOfRange(body, 1, 5), "the key").number(4));
    }

    int algorithm() {
        return body[5] & 0xFF;
    }

    /// What is wrong with the kind of this key, or null.
    @Nullable
    String weakness() {
        if (algorithm() == RSA) {
            int bits = new BigInteger(1, fields().integer()).bitLength();
            return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS
                    ? null
                    : "is an RSA key of " + bits + " bits (expected " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + ")";
        }
        boolean known = algorithm() == ECDSA || algorithm() == EDDSA_LEGACY || algorithm() == ED25519;
        return known ? null : "uses the algorithm " + algorithm() + " (expected RSA, ECDSA or Ed25519)";
    }

    /// The key as the JDK takes it.
    PublicKey toJdk() throws GeneralSecurityException {
        Packet.Octets fields = fields();
        return switch (algorithm()) {
            case RSA ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(
                                new BigInteger(1, fields.integer()), new BigInteger(1, fields.integer())));
            case ED25519 -> x509("Ed25519", ED25519_PREFIX, fields.bytes(32));
            case EDDSA_LEGACY -> x509("Ed25519", ED25519_PREFIX, legacyEd25519(fields));
            case ECDSA -> {
                String curve = HexFormat.of().formatHex(fields.bytes(fields.octet()));
                yield x509("EC", ecPrefix(curve), fields.integer());
            }
            default -> throw new NoSuchAlgorithmException("algorithm " + algorithm());
        };
    }

    /// Section 9.2.1: the octet 0x40, then the point.
    private static byte[] legacyEd25519(Packet.Octets fields) throws GeneralSecurityException {
        String curve = HexFormat.of().formatHex(fields.bytes(fields.octet()));
        byte[] point = fields.integer();
        if (!curve.equals(ED25519_LEGACY_CURVE) || point.length != 33 || point[0] != 0x40) {
            throw new NoSuchAlgorithmException("an EdDSA curve other than Ed25519");
        }
        return Arrays.copyOfRange(point, 1, 33);
    }

    /// Section 9.2: the curve by its object identifier.
    private static String ecPrefix(String curve) throws GeneralSecurityException {
        return switch (curve) {
            case "2a8648ce3d030107" -> "3059301306072a8648ce3d020106082a8648ce3d030107034200";
            case "2b81040022" -> "3076301006072a8648ce3d020106052b81040022036200";
            case "2b81040023" -> "30819b301006072a8648ce3d020106052b8104002303818600";
            default -> throw new NoSuchAlgorithmException("an ECDSA curve other than P-256, P-384 and P-521");
        };
    }

    private static PublicKey x509(String algorithm, String prefix, byte[] key) throws GeneralSecurityException {
        byte[] start = HexFormat.of().parseHex(prefix);
        byte[] encoded = Arrays.copyOf(start, start.length + key.length);
        System.arraycopy(key, 0, encoded, start.length, key.length);
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private Packet.Octets fields() {
        return new Packet.Octets(Arrays.copyOfRange(body, 6, body.length), "key " + fingerprint);
    }

    /// Whether a packet's body is a key of the version read here.
    static boolean isReadable(byte[] body) {
        return body.length > 6 && body.length <= 0xFFFF && body[0] == 4;
    }
}
