package dev.cairn.keys;

import dev.cairn.keys.KeyException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/// A set of trusted OpenPGP certificates (RFC 9580), and what they vouch for.
///
/// A message is accepted when at least one of its signatures is by a key of this ring and holds. Keys: RSA of at least
/// 2048 bits, EdDSA, ECDSA; version 4. Hashes: SHA-256, SHA-384, SHA-512, for the owner's own signatures too. Keys that
/// are expired now, revoked, or not meant for signing vouch for nothing. Only verification: no secrets are ever held.
public final class OpenPgpKeyring {
    private static final int MAX_SIGNATURES = 32;
    /// How far a signer's clock may be ahead of ours.
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private final List<Certificate> certificates;

    private OpenPgpKeyring(List<Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /// Reads keyring files, armoured or binary, each with one or more certificates.
    public static OpenPgpKeyring parse(byte[]... keyrings) {
        return parse(List.of(keyrings));
    }

    /// As [#parse(byte[]...)].
    public static OpenPgpKeyring parse(List<byte[]> keyrings) {
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] keyring : keyrings) {
            readInto(certificates, keyring);
        }
        return new OpenPgpKeyring(certificates);
    }

    private static void readInto(List<Certificate> certificates, byte[] keyring) {
        byte[] packets =
                Armor.isArmored(keyring) ? Armor.decodeAll(keyring, "PUBLIC KEY BLOCK", "the keyring") : keyring;
        int before = certificates.size();
        try {
            BcPGPObjectFactory objects = new BcPGPObjectFactory(new ByteArrayInputStream(packets));
            for (Object object = objects.nextObject(); object != null; object = objects.nextObject()) {
                if (object instanceof PGPPublicKeyRing ring) {
                    certificates.add(new Certificate(ring));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new KeyException(Code.MALFORMED, "the keyring is not made of OpenPGP keys: " + e.getMessage(), e);
        }
        if (certificates.size() == before) {
            throw new KeyException(Code.MALFORMED, "the keyring holds no OpenPGP public key");
        }
    }

    /// This keyring and another.
    public OpenPgpKeyring with(OpenPgpKeyring other) {
        List<Certificate> both = new ArrayList<>(certificates);
        both.addAll(other.certificates);
        return new OpenPgpKeyring(both);
    }

    /// The primary keys' fingerprints, upper-case hex, in the order of the files.
    public List<String> fingerprints() {
        return certificates.stream().map(Certificate::fingerprint).toList();
    }

    /// The owners' names, in the order of the files.
    public List<String> userIds() {
        return certificates.stream().flatMap(c -> c.userIds().stream()).toList();
    }

    /// The text of a clear-signed message such as an InRelease file, if a key of this ring vouches for it now.
    public ClearSigned verifyClearSigned(byte[] message) {
        return verifyClearSigned(message, InstantSource.system());
    }

    /// As [#verifyClearSigned(byte[])], with the time that `clock` tells.
    public ClearSigned verifyClearSigned(byte[] message, InstantSource clock) {
        ClearText parts = ClearText.parse(message);
        List<String> signers = verify(parts.signed(), parts.signatures(), clock.instant());
        return new ClearSigned(parts.text(), signers);
    }

    /// The fingerprints of the keys of this ring that vouch for `data` now; `signature` is armoured or binary.
    public List<String> verifyDetached(byte[] data, byte[] signature) {
        return verifyDetached(data, signature, InstantSource.system());
    }

    /// As [#verifyDetached(byte[], byte[])], with the time that `clock` tells.
    public List<String> verifyDetached(byte[] data, byte[] signature, InstantSource clock) {
        if (signature.length > ClearText.MAX_SIGNATURES_LENGTH) {
            throw new KeyException(
                    Code.MALFORMED, "the signature has " + signature.length + " bytes: that is too long");
        }
        byte[] packets =
                Armor.isArmored(signature) ? Armor.decodeAll(signature, "SIGNATURE", "the signature") : signature;
        return verify(data, packets, clock.instant());
    }

    private List<String> verify(byte[] data, byte[] packets, Instant now) {
        List<String> signers = new ArrayList<>();
        List<KeyException> refused = new ArrayList<>();
        for (PGPSignature signature : signatures(packets)) {
            try {
                signers.add(verify(data, signature, now));
            } catch (KeyException e) {
                refused.add(e);
            }
        }
        if (signers.isEmpty()) {
            throw none(refused);
        }
        return signers;
    }

    private static List<PGPSignature> signatures(byte[] packets) {
        List<PGPSignature> signatures = new ArrayList<>();
        try {
            BcPGPObjectFactory objects = new BcPGPObjectFactory(new ByteArrayInputStream(packets));
            for (Object object = objects.nextObject(); object != null; object = objects.nextObject()) {
                if (!(object instanceof PGPSignatureList list)) {
                    throw new KeyException(Code.MALFORMED, "the signature block holds something that is no signature");
                }
                list.forEach(signatures::add);
            }
        } catch (IOException | ClassCastException | IllegalArgumentException | IllegalStateException e) {
            throw new KeyException(Code.MALFORMED, "the signature cannot be read: " + e.getMessage(), e);
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new KeyException(
                    Code.MALFORMED,
                    "the message has " + signatures.size() + " signatures (expected 1 to " + MAX_SIGNATURES + ")");
        }
        return signatures;
    }

    private String verify(byte[] data, PGPSignature signature, Instant now) {
        requireDataSignature(signature, now);
        KeyException refused = null;
        for (Certificate certificate : certificates) {
            for (PGPPublicKey key : certificate.keys()) {
                if (key.getKeyID() == signature.getKeyID()) {
                    try {
                        return verify(data, signature, certificate.signingKey(key), now);
                    } catch (KeyException e) {
                        refused = e;
                    }
                }
            }
        }
        throw refused != null
                ? refused
                : new KeyException(Code.NO_KEY, "key " + keyId(signature) + " is not in the keyring");
    }

    private static String verify(byte[] data, PGPSignature signature, SigningKey key, Instant now) {
        key.requireUsable(now);
        if (SignaturePolicy.created(signature).isBefore(key.created())) {
            throw new KeyException(
                    Code.BAD_SIGNATURE, "the signature by " + key.fingerprint() + " is older than the key");
        }
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key.key());
            signature.update(data);
            if (signature.verify()) {
                return key.fingerprint();
            }
        } catch (PGPException | RuntimeException e) {
            throw new KeyException(
                    Code.BAD_SIGNATURE, "the signature by " + key.fingerprint() + " does not fit the message", e);
        }
        throw new KeyException(
                Code.BAD_SIGNATURE, "the signature by " + key.fingerprint() + " does not fit the message");
    }

    private static void requireDataSignature(PGPSignature signature, Instant now) {
        String by = "the signature by key " + keyId(signature) + " ";
        String weakness = SignaturePolicy.weakness(signature);
        if (weakness != null) {
            throw new KeyException(Code.WEAK, by + weakness);
        }
        int type = signature.getSignatureType();
        if (type != PGPSignature.BINARY_DOCUMENT && type != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
            throw new KeyException(Code.UNUSABLE, by + "is not one over a document (type " + type + ")");
        }
        Instant expires = SignaturePolicy.expires(signature);
        if (expires != null && !now.isBefore(expires)) {
            throw new KeyException(Code.EXPIRED, by + "expired at " + expires);
        }
        Instant created = SignaturePolicy.created(signature);
        if (created.isAfter(now.plus(CLOCK_SKEW))) {
            throw new KeyException(Code.EXPIRED, by + "was made at " + created + ", and it is " + now);
        }
    }

    /// One exception for all refusals; its code is the first one's that says more than "unknown key".
    private static KeyException none(List<KeyException> refused) {
        Code code = Code.NO_KEY;
        StringBuilder message = new StringBuilder("no signature by a trusted key holds");
        for (KeyException e : refused) {
            code = code == Code.NO_KEY ? e.code() : code;
            message.append(message.indexOf(": ") < 0 ? ": " : "; ").append(e.getMessage());
        }
        return new KeyException(code, message.toString());
    }

    private static String keyId(PGPSignature signature) {
        return HexFormat.of().withUpperCase().toHexDigits(signature.getKeyID());
    }
}
