package dev.cairn.keys;

import dev.cairn.keys.KeyException.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/// An OpenPGP certificate (RFC 9580 section 10.1): a primary key, its names, its subkeys, and the signatures by which
/// its owner says what each may do and how long.
///
/// Its own signatures are checked only when one of its keys is asked for: a keyring holds many, a message needs few.
final class Certificate {
    private static final BcPGPContentVerifierBuilderProvider VERIFIERS = new BcPGPContentVerifierBuilderProvider();

    private final PGPPublicKeyRing ring;
    private final PGPPublicKey primary;

    Certificate(PGPPublicKeyRing ring) {
        this.ring = ring;
        this.primary = ring.getPublicKey();
    }

    static String fingerprint(PGPPublicKey key) {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    String fingerprint() {
        return fingerprint(primary);
    }

    /// The names, as far as they are text.
    List<String> userIds() {
        List<String> names = new ArrayList<>();
        primary.getUserIDs().forEachRemaining(names::add);
        return names;
    }

    /// The primary key and the subkeys.
    List<PGPPublicKey> keys() {
        List<PGPPublicKey> keys = new ArrayList<>();
        ring.getPublicKeys().forEachRemaining(keys::add);
        return keys;
    }

    /// What the certificate says of `key`, one of [#keys()].
    SigningKey signingKey(PGPPublicKey key) {
        String weakness = firstNonNull(SignaturePolicy.weakness(primary), SignaturePolicy.weakness(key));
        if (weakness != null) {
            return unusable(key, Code.WEAK, weakness);
        }
        if (isRevoked(primary, PGPSignature.KEY_REVOCATION) || isRevoked(key, PGPSignature.SUBKEY_REVOCATION)) {
            return unusable(key, Code.REVOKED, "was revoked by its owner");
        }
        Optional<PGPSignature> self = newest(selfSignatures());
        if (self.isEmpty()) {
            return unusable(key, Code.UNUSABLE, "has no valid signature by its owner");
        }
        boolean isPrimary = key.isMasterKey();
        Optional<PGPSignature> binding = isPrimary ? self : newest(bindings(key));
        if (binding.isEmpty()) {
            return unusable(key, Code.UNUSABLE, "is not bound to " + fingerprint() + " by a valid signature");
        }
        if (!maySign(binding.get(), isPrimary) || (!isPrimary && !confirmsPrimary(key, binding.get()))) {
            return unusable(key, Code.UNUSABLE, "is not a signing key");
        }
        Instant expires = earlier(expiry(primary, self.get()), expiry(key, binding.get()));
        return new SigningKey(fingerprint(key), key, key.getCreationTime().toInstant(), expires, null);
    }

    private static SigningKey unusable(PGPPublicKey key, Code code, String reason) {
        return new SigningKey(
                fingerprint(key), key, key.getCreationTime().toInstant(), null, new SigningKey.Problem(code, reason));
    }

    private List<PGPSignature> selfSignatures() {
        List<PGPSignature> found = new ArrayList<>();
        for (PGPSignature signature : ofType(primary, PGPSignature.DIRECT_KEY)) {
            if (holds(signature, s -> s.verifyCertification(primary))) {
                found.add(signature);
            }
        }
        Iterator<byte[]> names = primary.getRawUserIDs();
        while (names.hasNext()) {
            byte[] name = names.next();
            Iterator<PGPSignature> signatures = primary.getSignaturesForID(name);
            while (signatures != null && signatures.hasNext()) {
                PGPSignature signature = signatures.next();
                if (signature.isCertification()
                        && mayBeBy(signature, primary)
                        && holds(signature, s -> s.verifyCertification(name, primary))) {
                    found.add(signature);
                }
            }
        }
        return found;
    }

    private List<PGPSignature> bindings(PGPPublicKey subkey) {
        List<PGPSignature> found = new ArrayList<>();
        for (PGPSignature signature : ofType(subkey, PGPSignature.SUBKEY_BINDING)) {
            if (holds(signature, s -> s.verifyCertification(primary, subkey))) {
                found.add(signature);
            }
        }
        return found;
    }

    /// Whether the subkey in turn signed its primary key, without which anyone could claim it (section 5.2.1.9).
    private boolean confirmsPrimary(PGPPublicKey subkey, PGPSignature binding) {
        List<PGPSignature> embedded = new ArrayList<>();
        addEmbedded(binding.getHashedSubPackets(), embedded);
        addEmbedded(binding.getUnhashedSubPackets(), embedded);
        for (PGPSignature signature : embedded) {
            if (signature.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                    && SignaturePolicy.weakness(signature) == null
                    && verify(signature, subkey, s -> s.verifyCertification(primary, subkey))) {
                return true;
            }
        }
        return false;
    }

    private static void addEmbedded(PGPSignatureSubpacketVector subpackets, List<PGPSignature> to) {
        try {
            PGPSignatureList list = subpackets.getEmbeddedSignatures();
            list.forEach(to::add);
        } catch (PGPException | RuntimeException e) {
            // A signature that cannot be read confirms nothing.
            return;
        }
    }

    /// A revocation counts whatever its hash: to doubt it would be to trust the key.
    private boolean isRevoked(PGPPublicKey key, int type) {
        for (PGPSignature signature : ofType(key, type)) {
            boolean holds = key.isMasterKey()
                    ? verify(signature, primary, s -> s.verifyCertification(primary))
                    : verify(signature, primary, s -> s.verifyCertification(primary, key));
            if (holds) {
                return true;
            }
        }
        return false;
    }

    private static boolean maySign(PGPSignature signature, boolean isPrimary) {
        PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
        // Without flags a primary key may do what its algorithm can; a subkey has to be named a signing key.
        return hashed.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS)
                ? (hashed.getKeyFlags() & KeyFlags.SIGN_DATA) != 0
                : isPrimary;
    }

    private static @Nullable Instant expiry(PGPPublicKey key, PGPSignature signature) {
        long seconds = signature.getHashedSubPackets().getKeyExpirationTime();
        Instant ofKey = seconds == 0 ? null : key.getCreationTime().toInstant().plusSeconds(seconds);
        return earlier(ofKey, SignaturePolicy.expires(signature));
    }

    private boolean holds(PGPSignature signature, Check check) {
        return SignaturePolicy.weakness(signature) == null && verify(signature, primary, check);
    }

    private static boolean verify(PGPSignature signature, PGPPublicKey by, Check check) {
        try {
            signature.init(VERIFIERS, by);
            return check.holds(signature);
        } catch (PGPException | RuntimeException e) {
            // Numbers that make no sense for the algorithm: no signature by this key.
            return false;
        }
    }

    private static boolean mayBeBy(PGPSignature signature, PGPPublicKey key) {
        return signature.getKeyID() == 0 || signature.getKeyID() == key.getKeyID();
    }

    private static List<PGPSignature> ofType(PGPPublicKey key, int type) {
        List<PGPSignature> found = new ArrayList<>();
        key.getSignaturesOfType(type).forEachRemaining(found::add);
        return found;
    }

    private static Optional<PGPSignature> newest(List<PGPSignature> signatures) {
        PGPSignature newest = null;
        for (PGPSignature signature : signatures) {
            if (newest == null || SignaturePolicy.created(signature).isAfter(SignaturePolicy.created(newest))) {
                newest = signature;
            }
        }
        return Optional.ofNullable(newest);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private static @Nullable String firstNonNull(@Nullable String a, @Nullable String b) {
        return a != null ? a : b;
    }

    private interface Check {
        boolean holds(PGPSignature signature) throws PGPException;
    }
}
