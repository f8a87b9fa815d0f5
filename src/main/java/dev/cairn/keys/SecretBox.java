package dev.cairn.keys;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// NaCl's `crypto_secretbox`: XSalsa20 with Poly1305 (D. J. Bernstein, "Cryptography in NaCl", section 10). For keys in
/// files: messages are small, and nobody measures how long they take.
final class SecretBox {
    static final int KEY = 32;
    static final int NONCE = 24;
    private static final int TAG = 16;
    private static final BigInteger PRIME = BigInteger.TWO.pow(130).subtract(BigInteger.valueOf(5));

    private SecretBox() {}

    /// The box: 16 bytes that prove it whole, then the message encrypted.
    static byte[] seal(byte[] message, byte[] nonce, byte[] key) {
        byte[] stream = Salsa20.stream(key, nonce, message.length + 32);
        byte[] box = new byte[TAG + message.length];
        for (int i = 0; i < message.length; i++) {
            box[TAG + i] = (byte) (message[i] ^ stream[32 + i]);
        }
        byte[] tag = poly1305(Arrays.copyOfRange(box, TAG, box.length), stream);
        System.arraycopy(tag, 0, box, 0, TAG);
        return box;
    }

    /// The message; null where the key is another or a byte was changed.
    static byte @Nullable [] open(byte[] box, byte[] nonce, byte[] key) {
        if (box.length < TAG) {
            return null;
        }
        byte[] encrypted = Arrays.copyOfRange(box, TAG, box.length);
        byte[] stream = Salsa20.stream(key, nonce, encrypted.length + 32);
        if (!MessageDigest.isEqual(poly1305(encrypted, stream), Arrays.copyOf(box, TAG))) {
            return null;
        }
        for (int i = 0; i < encrypted.length; i++) {
            encrypted[i] ^= stream[32 + i];
        }
        return encrypted;
    }

    /// Poly1305 (RFC 8439, section 2.5) with the one-time key in the first 32 bytes of `key`.
    static byte[] poly1305(byte[] message, byte[] key) {
        byte[] clamped = Arrays.copyOf(key, 16);
        for (int i = 3; i < 16; i += 4) {
            clamped[i] &= 15;
        }
        for (int i = 4; i < 16; i += 4) {
            clamped[i] &= (byte) 252;
        }
        BigInteger r = number(clamped);
        BigInteger sum = BigInteger.ZERO;
        for (int at = 0; at < message.length; at += 16) {
            int length = Math.min(16, message.length - at);
            byte[] block = Arrays.copyOfRange(message, at, at + length + 1);
            block[length] = 1;
            sum = sum.add(number(block)).multiply(r).mod(PRIME);
        }
        sum = sum.add(number(Arrays.copyOfRange(key, 16, 32)));
        byte[] tag = new byte[TAG];
        byte[] big = sum.toByteArray();
        for (int i = 0; i < Math.min(TAG, big.length); i++) {
            tag[i] = big[big.length - 1 - i];
        }
        return tag;
    }

    private static BigInteger number(byte[] littleEndian) {
        byte[] big = new byte[littleEndian.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = littleEndian[big.length - 1 - i];
        }
        return new BigInteger(1, big);
    }
}
