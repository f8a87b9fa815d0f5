package dev.cairn.archive;

import java.util.Arrays;

/// A canonical Huffman code (RFC 1951, section 3.2.2) of limited code length, built from symbol counts.
///
/// Lengths are those of a Huffman tree whose ties are broken by symbol number; where the tree is too deep, the codes
/// that
/// are too long are cut and shorter ones of the rarest symbols lengthened until the code is complete again.
final class HuffmanCode {
    private static final int MAX_LENGTH = 15;
    private static final int SYMBOL_BITS = 9;

    private final int maxLength;
    private final int size;
    private final byte[] lengths;
    /// Each symbol's code, its bits in the order in which they are written.
    private final short[] codes;

    private final int[] sorted;
    private final int[] weights;

    HuffmanCode(int size, int maxLength) {
        this.size = size;
        this.maxLength = maxLength;
        this.lengths = new byte[size];
        this.codes = new short[size];
        this.sorted = new int[size];
        this.weights = new int[size];
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    int code(int symbol) {
        return codes[symbol] & 0xffff;
    }

    /// Builds the code of symbols that occur this often, less than 2^22 times each. At least two symbols get a code,
    /// since
    /// some decoders refuse an incomplete one.
    void build(int[] counts) {
        Arrays.fill(lengths, (byte) 0);
        int used = 0;
        for (int symbol = 0; symbol < size; symbol++) {
            if (counts[symbol] > 0) {
                sorted[used++] = (counts[symbol] << SYMBOL_BITS) | symbol;
            }
        }
        for (int symbol = 0; used < 2; symbol++) {
            if (counts[symbol] == 0) {
                sorted[used++] = (1 << SYMBOL_BITS) | symbol;
            }
        }
        Arrays.sort(sorted, 0, used);
        assignLengths(used);
        assignCodes();
    }

    /// Takes lengths that are given, as those of the fixed codes are.
    void assign(byte[] given) {
        System.arraycopy(given, 0, lengths, 0, size);
        assignCodes();
    }

    private void assignLengths(int used) {
        for (int i = 0; i < used; i++) {
            weights[i] = sorted[i] >>> SYMBOL_BITS;
        }
        depths(weights, used);
        int[] count = new int[maxLength + 1];
        for (int i = 0; i < used; i++) {
            count[Math.min(weights[i], maxLength)]++;
        }
        complete(count);
        // The rarest symbols, which come first, get the longest codes.
        int next = 0;
        for (int length = maxLength; length > 0; length--) {
            for (int i = 0; i < count[length]; i++) {
                lengths[sorted[next++] & ((1 << SYMBOL_BITS) - 1)] = (byte) length;
            }
        }
    }

    /// Turns ascending weights into the depths of their leaves, in place (Moffat and Katajainen, 1995).
    private static void depths(int[] a, int n) {
        int leaf = 0;
        int root = 0;
        for (int next = 0; next < n - 1; next++) {
            int sum = 0;
            for (int pick = 0; pick < 2; pick++) {
                if (leaf >= n || (root < next && a[root] < a[leaf])) {
                    sum += a[root];
                    a[root++] = next;
                } else {
                    sum += a[leaf++];
                }
            }
            a[next] = sum;
        }
        a[n - 2] = 0;
        for (int next = n - 3; next >= 0; next--) {
            a[next] = a[a[next]] + 1;
        }
        int available = 1;
        int depth = 0;
        int inner = n - 2;
        int out = n - 1;
        while (available > 0) {
            int used = 0;
            while (inner >= 0 && a[inner] == depth) {
                used++;
                inner--;
            }
            for (; available > used; available--) {
                a[out--] = depth;
            }
            available = 2 * used;
            depth++;
        }
    }

    /// Makes the counts per length satisfy Kraft's equation again after lengths were cut.
    private void complete(int[] count) {
        long excess = -(1L << maxLength);
        for (int length = 1; length <= maxLength; length++) {
            excess += (long) count[length] << (maxLength - length);
        }
        while (excess > 0) {
            int length = maxLength - 1;
            while (count[length] == 0) {
                length--;
            }
            // One code becomes the parent of itself and of one that was cut.
            count[length]--;
            count[length + 1] += 2;
            count[maxLength]--;
            excess--;
        }
    }

    private void assignCodes() {
        int[] count = new int[MAX_LENGTH + 1];
        for (byte length : lengths) {
            count[length]++;
        }
        count[0] = 0;
        int[] next = new int[MAX_LENGTH + 1];
        for (int length = 1; length <= MAX_LENGTH; length++) {
            next[length] = (next[length - 1] + count[length - 1]) << 1;
        }
        for (int symbol = 0; symbol < size; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                codes[symbol] = (short) (Integer.reverse(next[length]++) >>> (32 - length));
            }
        }
    }
}
