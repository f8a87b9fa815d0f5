package dev.cairn.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key derivation of RFC 7914, bounded to 256 MiB of work memory as its parameters may come from a stranger's file.
final class Scrypt {
    private static final long MOST_MEMORY = 128L << 20;
    private static final int MOST_LANES = 16;

    private Scrypt() {}

    /// Whether the parameters are ones that are worked with.
    static boolean isAllowed(long n, long r, long p) {
        boolean positive = n > 1 && r > 0 && p > 0;
        return positive
                && Long.bitCount(n) == 1
                && n <= 1 << 24
                && r <= 64
                && p <= MOST_LANES
                && 128 * n * r <= MOST_MEMORY;
    }

    /// `length` bytes from a password.
    static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
        if (!isAllowed(n, r, p)) {
            throw new KeyException(
                    KeyException.Code.WEAK, "scrypt with N=" + n + ", r=" + r + ", p=" + p + " is not worked with");
        }
        byte[] blocks = pbkdf2(password, salt, 128 * r * p);
        int[] words = words(blocks);
        int[] memory = new int[32 * r * n];
        for (int lane = 0; lane < p; lane++) {
            mix(words, lane * 32 * r, r, n, memory);
        }
        return pbkdf2(password, bytes(words), length);
    }

    /// PBKDF2-HMAC-SHA-256 (RFC 8018) with one iteration.
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // HMAC pads keys with zeros, so that a zero is the same as nothing, which the JDK does not take.
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
            byte[] out = new byte[length];
            for (int block = 0; block * 32 < length; block++) {
                mac.update(salt);
                byte[] part =
                        mac.doFinal(ByteBuffer.allocate(4).putInt(block + 1).array());
                System.arraycopy(part, 0, out, block * 32, Math.min(32, length - block * 32));
            }
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// scryptROMix (section 5) on the block of `32 * r` words at `at`.
    private static void mix(int[] words, int at, int r, int n, int[] memory) {
        int size = 32 * r;
        int[] x = Arrays.copyOfRange(words, at, at + size);
        int[] y = new int[size];
        for (int i = 0; i < n; i++) {
            System.arraycopy(x, 0, memory, i * size, size);
            mixBlock(x, y, r);
        }
        for (int i = 0; i < n; i++) {
            int j = (x[size - 16] & (n - 1)) * size;
            for (int k = 0; k < size; k++) {
                x[k] ^= memory[j + k];
            }
            mixBlock(x, y, r);
        }
        System.arraycopy(x, 0, words, at, size);
    }

    /// scryptBlockMix (section 4); the result is in `x`, `y` is scratch.
    private static void mixBlock(int[] x, int[] y, int r) {
        int[] t = Arrays.copyOfRange(x, (2 * r - 1) * 16, 2 * r * 16);
        for (int i = 0; i < 2 * r; i++) {
            for (int k = 0; k < 16; k++) {
                t[k] ^= x[i * 16 + k];
            }
            Salsa20.core(t, 8);
            int target = (i % 2 == 0 ? i / 2 : r + i / 2) * 16;
            System.arraycopy(t, 0, y, target, 16);
        }
        System.arraycopy(y, 0, x, 0, x.length);
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    private static byte[] bytes(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }
}
