package dev.cairn.keys;

import dev.cairn.keys.KeyException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An OpenPGP certificate (RFC 9580 section 10.1): a primary key, its names, its subkeys, and the signatures by which
/// its owner says what each may do and how long.
///
/// Its own signatures are checked only when one of its keys is asked for: a keyring holds many, a message needs few.
final class Certificate {
    /// A key or a name, and the signatures over it.
    private static final class Component {
        private final @Nullable KeyPacket key;
        private final byte[] hashed;
        private final List<SignaturePacket> signatures = new ArrayList<>();

        Component(@Nullable KeyPacket key, byte[] hashed) {
            this.key = key;
            this.hashed = hashed;
        }
    }

    private final KeyPacket primary;
    private final List<String> userIds = new ArrayList<>();
    private final List<Component> components = new ArrayList<>();

    private Certificate(KeyPacket primary) {
        this.primary = primary;
        components.add(new Component(primary, new byte[0]));
    }

    /// Reads all certificates of a keyring. Keys of other versions than 4, and what belongs to them, are left out.
    static List<Certificate> readAll(byte[] keyring, String what) {
        List<Certificate> certificates = new ArrayList<>();
        Certificate current = null;
        for (Packet packet : Packet.readAll(keyring, what)) {
            if (packet.type() == Packet.SECRET_KEY) {
                throw new KeyException(Code.MALFORMED, what + " holds a secret key (expected public keys only)");
            }
            if (packet.type() == Packet.PUBLIC_KEY) {
                current = KeyPacket.isReadable(packet.body())
                        ? new Certificate(new KeyPacket(packet.body(), false))
                        : null;
                if (current != null) {
                    certificates.add(current);
                }
            } else if (current != null) {
                current.add(packet);
            }
        }
        return certificates;
    }

    private void add(Packet packet) {
        byte[] body = packet.body();
        switch (packet.type()) {
            case Packet.USER_ID -> {
                userIds.add(new String(body, StandardCharsets.UTF_8));
                components.add(new Component(null, hashed(0xB4, body)));
            }
            case Packet.USER_ATTRIBUTE -> components.add(new Component(null, hashed(0xD1, body)));
            case Packet.PUBLIC_SUBKEY -> {
                // One that cannot be read still takes the signatures that follow it.
                KeyPacket key = KeyPacket.isReadable(body) ? new KeyPacket(body, true) : null;
                components.add(new Component(key, key == null ? new byte[0] : key.hashed()));
            }
            case Packet.SIGNATURE -> addSignature(body);
            default -> {
                // Trust, padding, markers: nothing that is the owner's word.
            }
        }
    }

    private void addSignature(byte[] body) {
        try {
            components.getLast().signatures.add(SignaturePacket.read(body));
        } catch (KeyException e) {
            // Old versions, and certifications by others with contents unknown here: they say nothing to us.
            return;
        }
    }

    /// Section 5.2.4: what a certification hashes of a name.
    private static byte[] hashed(int octet, byte[] body) {
        byte[] bytes = new byte[body.length + 5];
        bytes[0] = (byte) octet;
        bytes[1] = (byte) (body.length >> 24);
        bytes[2] = (byte) (body.length >> 16);
        bytes[3] = (byte) (body.length >> 8);
        bytes[4] = (byte) body.length;
        System.arraycopy(body, 0, bytes, 5, body.length);
        return bytes;
    }

    String fingerprint() {
        return primary.fingerprint();
    }

    List<String> userIds() {
        return userIds;
    }

    /// The primary key and the subkeys that may be what a signature calls `issuer`.
    List<KeyPacket> keysNamed(String issuer) {
        List<KeyPacket> keys = new ArrayList<>();
        for (Component component : components) {
            if (component.key != null && component.key.isNamed(issuer)) {
                keys.add(component.key);
            }
        }
        return keys;
    }

    /// Throws unless `key`, one of this certificate's, may vouch for data at `now`.
    void requireUsable(KeyPacket key, Instant now) {
        String weakness = primary.weakness() != null ? primary.weakness() : key.weakness();
        if (weakness != null) {
            throw unusable(key, Code.WEAK, weakness);
        }
        SignaturePacket self = newestSelfSignature();
        if (isRevoked(components.getFirst(), SignaturePacket.KEY_REVOCATION)) {
            throw unusable(key, Code.REVOKED, "was revoked by its owner");
        }
        if (self == null) {
            throw unusable(key, Code.UNUSABLE, "has no valid signature by its owner");
        }
        requireNotExpired(primary, self, now);
        if (key.isSubkey()) {
            requireSigningSubkey(component(key), now);
        } else if (!self.allowsSigning(true)) {
            throw unusable(key, Code.UNUSABLE, "is not a signing key");
        }
    }

    private void requireSigningSubkey(Component subkey, Instant now) {
        KeyPacket key = Objects.requireNonNull(subkey.key);
        if (isRevoked(subkey, SignaturePacket.SUBKEY_REVOCATION)) {
            throw unusable(key, Code.REVOKED, "was revoked by its owner");
        }
        SignaturePacket binding = null;
        for (SignaturePacket signature : subkey.signatures) {
            if (signature.type() == SignaturePacket.SUBKEY_BINDING && holds(signature, subkey)) {
                binding = newer(binding, signature);
            }
        }
        if (binding == null) {
            throw unusable(key, Code.UNUSABLE, "is not bound to " + fingerprint() + " by a valid signature");
        }
        if (!binding.allowsSigning(false) || !confirmsPrimary(key, binding)) {
            throw unusable(key, Code.UNUSABLE, "is not a signing key");
        }
        requireNotExpired(key, binding, now);
    }

    private static void requireNotExpired(KeyPacket key, SignaturePacket word, Instant now) {
        for (Instant expires : new @Nullable Instant[] {word.keyExpires(key), word.expires()}) {
            if (expires != null && !now.isBefore(expires)) {
                throw unusable(key, Code.EXPIRED, "expired at " + expires);
            }
        }
    }

    private Component component(KeyPacket key) {
        for (Component component : components) {
            if (component.key != null && component.key.equals(key)) {
                return component;
            }
        }
        throw new IllegalArgumentException("key " + key.fingerprint() + " is not of " + fingerprint());
    }

    private @Nullable SignaturePacket newestSelfSignature() {
        SignaturePacket newest = null;
        for (Component component : components) {
            for (SignaturePacket signature : component.signatures) {
                boolean ofPrimary = component.key == null
                        ? signature.type() >= SignaturePacket.FIRST_CERTIFICATION
                                && signature.type() <= SignaturePacket.LAST_CERTIFICATION
                        : component.key.equals(primary) && signature.type() == SignaturePacket.DIRECT_KEY;
                // Most certifications are by others: the arithmetic is for those that claim to be the owner's.
                if (ofPrimary && primary.isNamed(signature.issuer()) && holds(signature, component)) {
                    newest = newer(newest, signature);
                }
            }
        }
        return newest;
    }

    private boolean holds(SignaturePacket signature, Component over) {
        return signature.weakness() == null && signature.holds(primary, false, primary.hashed(), over.hashed);
    }

    /// Whether the subkey in turn signed its primary key, without which anyone could claim it (section 5.2.1.9).
    private boolean confirmsPrimary(KeyPacket subkey, SignaturePacket binding) {
        for (SignaturePacket signature : binding.embedded()) {
            if (signature.type() == SignaturePacket.PRIMARY_KEY_BINDING
                    && signature.weakness() == null
                    && signature.holds(subkey, false, primary.hashed(), subkey.hashed())) {
                return true;
            }
        }
        return false;
    }

    private boolean isRevoked(Component component, int type) {
        for (SignaturePacket signature : component.signatures) {
            if (signature.type() == type && signature.holds(primary, true, primary.hashed(), component.hashed)) {
                return true;
            }
        }
        return false;
    }

    private static SignaturePacket newer(@Nullable SignaturePacket a, SignaturePacket b) {
        return a == null || b.created().isAfter(a.created()) ? b : a;
    }

    private static KeyException unusable(KeyPacket key, Code code, String reason) {
        return new KeyException(code, "key " + key.fingerprint() + " " + reason);
    }
}
