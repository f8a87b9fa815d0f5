package dev.cairn.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The Salsa20 core (D. J. Bernstein, "The Salsa20 family of stream ciphers") and XSalsa20 made of it ("Extending the
/// Salsa20 nonce").
final class Salsa20 {
    /// "expand 32-byte k".
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private Salsa20() {}

    /// The hash function: `rounds` rounds over 16 words, added to what they were.
    static void core(int[] words, int rounds) {
        int[] x = words.clone();
        rounds(x, rounds);
        for (int i = 0; i < 16; i++) {
            words[i] += x[i];
        }
    }

    private static void rounds(int[] x, int rounds) {
        for (int i = 0; i < rounds; i += 2) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }

    /// `length` bytes of XSalsa20's stream for a key of 32 bytes and a nonce of 24.
    static byte[] stream(byte[] key, byte[] nonce, int length) {
        int[] k = words(key);
        int[] n = words(nonce);
        int[] h = state(k, n[0], n[1], n[2], n[3]);
        rounds(h, 20);
        int[] inner = {h[0], h[5], h[10], h[15], h[6], h[7], h[8], h[9]};
        ByteBuffer out = ByteBuffer.allocate((length + 63) / 64 * 64).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; out.hasRemaining(); block++) {
            int[] words = state(inner, n[4], n[5], block, 0);
            core(words, 20);
            for (int word : words) {
                out.putInt(word);
            }
        }
        return java.util.Arrays.copyOf(out.array(), length);
    }

    private static int[] state(int[] key, int a, int b, int c, int d) {
        return new int[] {
            SIGMA[0], key[0], key[1], key[2], key[3], SIGMA[1], a, b, c, d, SIGMA[2], key[4], key[5], key[6], key[7],
            SIGMA[3]
        };
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }
}
