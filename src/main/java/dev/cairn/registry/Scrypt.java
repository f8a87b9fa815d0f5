package dev.cairn.registry;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The scrypt password hash (RFC 7914), which makes each guess cost memory as well as time. Ours, since the JDK has
/// only PBKDF2 and the libraries that have more come in signed jars, which no AOT cache takes.
final class Scrypt {
    private Scrypt() {}

    /// What a hash costs: `128 · r · n` bytes of memory, `p` times over.
    ///
    /// @param n the number of blocks, a power of two
    /// @param r the length of a block in units of 128 bytes
    /// @param p how many times
    record Cost(int n, int r, int p) {
        Cost {
            if (Integer.bitCount(n) != 1 || n < 2 || n > 1 << 20 || r < 1 || r > 32 || p < 1 || p > 64) {
                throw new IllegalArgumentException("not a cost of scrypt: n=" + n + " r=" + r + " p=" + p);
            }
        }
    }

    /// The hash of `length` bytes.
    static byte[] hash(byte[] password, byte[] salt, Cost cost, int length) {
        int blockBytes = 128 * cost.r();
        byte[] blocks = pbkdf2(password, salt, cost.p() * blockBytes);
        int[] block = new int[blockBytes / 4];
        int[] memory = new int[block.length * cost.n()];
        for (int i = 0; i < cost.p(); i++) {
            load(blocks, i * blockBytes, block);
            mix(block, memory, cost);
            store(block, blocks, i * blockBytes);
        }
        Arrays.fill(memory, 0);
        return pbkdf2(password, blocks, length);
    }

    /// PBKDF2-HMAC-SHA256 with one iteration (RFC 8018).
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // HMAC fills a short key up with zeros: no bytes and one zero byte are the same key
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
            byte[] out = new byte[length];
            for (int i = 1, done = 0; done < length; i++) {
                mac.update(salt);
                mac.update(new byte[] {(byte) (i >>> 24), (byte) (i >>> 16), (byte) (i >>> 8), (byte) i});
                byte[] part = mac.doFinal();
                int n = Math.min(part.length, length - done);
                System.arraycopy(part, 0, out, done, n);
                done += n;
            }
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// scryptROMix.
    private static void mix(int[] block, int[] memory, Cost cost) {
        int words = block.length;
        int[] other = new int[words];
        int[] x = new int[16];
        for (int i = 0; i < cost.n(); i++) {
            System.arraycopy(block, 0, memory, i * words, words);
            blockMix(block, other, x, cost.r());
        }
        for (int i = 0; i < cost.n(); i++) {
            int from = (block[(2 * cost.r() - 1) * 16] & (cost.n() - 1)) * words;
            for (int j = 0; j < words; j++) {
                block[j] ^= memory[from + j];
            }
            blockMix(block, other, x, cost.r());
        }
    }

    /// scryptBlockMix, in place; `other` and `x` are room to work in.
    private static void blockMix(int[] block, int[] other, int[] x, int r) {
        System.arraycopy(block, (2 * r - 1) * 16, x, 0, 16);
        for (int i = 0; i < 2 * r; i++) {
            for (int j = 0; j < 16; j++) {
                x[j] ^= block[i * 16 + j];
            }
            salsa(x);
            System.arraycopy(x, 0, other, (i / 2 + (i % 2 == 0 ? 0 : r)) * 16, 16);
        }
        System.arraycopy(other, 0, block, 0, block.length);
    }

    /// Salsa20/8: the state is added to its mixture.
    private static void salsa(int[] state) {
        int[] s = state.clone();
        for (int round = 0; round < 8; round += 2) {
            for (int i = 0; i < 4; i++) {
                quarter(s, 5 * i, (5 * i + 4) % 16, (5 * i + 8) % 16, (5 * i + 12) % 16);
            }
            for (int i = 0; i < 4; i++) {
                int row = 4 * i;
                quarter(s, 5 * i, row + (i + 1) % 4, row + (i + 2) % 4, row + (i + 3) % 4);
            }
        }
        for (int i = 0; i < 16; i++) {
            state[i] += s[i];
        }
    }

    private static void quarter(int[] s, int a, int b, int c, int d) {
        s[b] ^= Integer.rotateLeft(s[a] + s[d], 7);
        s[c] ^= Integer.rotateLeft(s[b] + s[a], 9);
        s[d] ^= Integer.rotateLeft(s[c] + s[b], 13);
        s[a] ^= Integer.rotateLeft(s[d] + s[c], 18);
    }

    private static void load(byte[] bytes, int offset, int[] words) {
        for (int i = 0; i < words.length; i++) {
            int at = offset + 4 * i;
            words[i] = (bytes[at] & 0xff)
                    | (bytes[at + 1] & 0xff) << 8
                    | (bytes[at + 2] & 0xff) << 16
                    | (bytes[at + 3] & 0xff) << 24;
        }
    }

    private static void store(int[] words, byte[] bytes, int offset) {
        for (int i = 0; i < words.length; i++) {
            int at = offset + 4 * i;
            bytes[at] = (byte) words[i];
            bytes[at + 1] = (byte) (words[i] >>> 8);
            bytes[at + 2] = (byte) (words[i] >>> 16);
            bytes[at + 3] = (byte) (words[i] >>> 24);
        }
    }
}
