package dev.cairn.keys;

import dev.cairn.keys.KeyException.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A set of trusted OpenPGP certificates (RFC 9580), and what they vouch for.
///
/// A message is accepted when at least one of its signatures is by a key of this ring and holds. Keys: RSA of at least
/// 2048 bits, Ed25519, ECDSA; version 4. Hashes: SHA-256, SHA-384, SHA-512, for the owner's own signatures too. Keys
/// that are expired now, revoked, or not meant for signing vouch for nothing. Only verification: no secrets are held.
///
/// Read by this room itself, with the JDK's arithmetic: the usual library comes in a signed jar, which no AOT cache
/// takes; checking one InRelease file with it cost three times the CPU.
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
        List<Certificate> read = Certificate.readAll(packets, "the keyring");
        if (read.isEmpty()) {
            throw new KeyException(Code.MALFORMED, "the keyring holds no OpenPGP public key of version 4");
        }
        certificates.addAll(read);
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

    /// The fingerprint of the first key of this ring that vouches for `data` now; `signature` is armoured or binary.
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
        List<KeyException> refused = new ArrayList<>();
        for (Packet packet : signatures(packets)) {
            try {
                // The first one that holds is enough: each costs milliseconds.
                return List.of(verify(data, SignaturePacket.read(packet.body()), now));
            } catch (KeyException e) {
                refused.add(e);
            }
        }
        throw none(refused);
    }

    private static List<Packet> signatures(byte[] bytes) {
        List<Packet> packets = Packet.readAll(bytes, "the signature");
        if (packets.isEmpty() || packets.size() > MAX_SIGNATURES) {
            throw new KeyException(
                    Code.MALFORMED,
                    "the message has " + packets.size() + " signatures (expected 1 to " + MAX_SIGNATURES + ")");
        }
        for (Packet packet : packets) {
            if (packet.type() != Packet.SIGNATURE) {
                throw new KeyException(
                        Code.MALFORMED, "the signature holds a packet of type " + packet.type() + " (expected 2)");
            }
        }
        return packets;
    }

    private String verify(byte[] data, SignaturePacket signature, Instant now) {
        requireDataSignature(signature, now);
        KeyException refused = null;
        for (Certificate certificate : certificates) {
            for (KeyPacket key : certificate.keysNamed(signature.issuer())) {
                try {
                    certificate.requireUsable(key, now);
                    requireHolds(data, signature, key);
                    return key.fingerprint();
                } catch (KeyException e) {
                    refused = e;
                }
            }
        }
        throw refused != null
                ? refused
                : new KeyException(Code.NO_KEY, "key " + signature.issuer() + " is not in the keyring");
    }

    private static void requireHolds(byte[] data, SignaturePacket signature, KeyPacket key) {
        if (signature.created().isBefore(key.created())) {
            throw new KeyException(
                    Code.BAD_SIGNATURE, "the signature by " + key.fingerprint() + " is older than the key");
        }
        if (!signature.holds(key, false, data)) {
            throw new KeyException(
                    Code.BAD_SIGNATURE, "the signature by " + key.fingerprint() + " does not fit the message");
        }
    }

    private static void requireDataSignature(SignaturePacket signature, Instant now) {
        String by = "the signature by key " + signature.issuer() + " ";
        String weakness = signature.weakness();
        if (weakness != null) {
            throw new KeyException(Code.WEAK, by + weakness);
        }
        if (signature.type() != SignaturePacket.BINARY && signature.type() != SignaturePacket.TEXT) {
            throw new KeyException(Code.UNUSABLE, by + "is not one over a document (type " + signature.type() + ")");
        }
        Instant expires = signature.expires();
        if (expires != null && !now.isBefore(expires)) {
            throw new KeyException(Code.EXPIRED, by + "expired at " + expires);
        }
        if (signature.created().isAfter(now.plus(CLOCK_SKEW))) {
            throw new KeyException(Code.EXPIRED, by + "was made at " + signature.created() + ", and it is " + now);
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
}
