package dev.cairn.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;

/// The public half of an Ed25519 key (RFC 8032, section 5.1.5). The JDK computes it only when it generates a key, which
/// it does from 32 random bytes: it is given the key's own.
final class Ed25519 {
    private static final int BITS = 255;

    private Ed25519() {}

    static PublicKey publicKey(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(BITS, new Given(seed));
        return generator.generateKeyPair().getPublic();
    }

    /// "Random" bytes that are known.
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            super(null, null);
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] out) {
            System.arraycopy(bytes, 0, out, 0, out.length);
        }
    }
}
