package dev.cairn.archive;

/// The description of a block's two codes: their lengths, run-length coded and Huffman coded in turn (RFC 1951, section
/// 3.2.7).
final class CodeDescription {
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;

    private final HuffmanCode code = new HuffmanCode(19, 7);
    private final int[] counts = new int[19];
    private final byte[] lengths = new byte[DeflateSymbols.LITERALS + DeflateSymbols.DISTANCES];
    /// Symbols with the value of their extra bits above the low 8 bits.
    private final int[] symbols = new int[lengths.length];

    private int symbolCount;
    private int literalCount;
    private int distanceCount;
    private int orderCount;

    void describe(HuffmanCode literals, HuffmanCode distances) {
        literalCount = used(literals, DeflateSymbols.LITERALS, 257);
        distanceCount = used(distances, DeflateSymbols.DISTANCES, 1);
        for (int i = 0; i < literalCount; i++) {
            lengths[i] = (byte) literals.length(i);
        }
        for (int i = 0; i < distanceCount; i++) {
            lengths[literalCount + i] = (byte) distances.length(i);
        }
        java.util.Arrays.fill(counts, 0);
        symbolCount = 0;
        int total = literalCount + distanceCount;
        int start = 0;
        while (start < total) {
            int end = start + 1;
            while (end < total && lengths[end] == lengths[start]) {
                end++;
            }
            run(lengths[start], end - start);
            start = end;
        }
        code.build(counts);
        orderCount = 19;
        while (orderCount > 4 && code.length(ORDER[orderCount - 1]) == 0) {
            orderCount--;
        }
    }

    long bits() {
        long bits = 5 + 5 + 4 + 3L * orderCount;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            bits += (long) counts[symbol] * (code.length(symbol) + extraBits(symbol));
        }
        return bits;
    }

    void writeTo(BitOutput out) {
        out.put(literalCount - 257, 5);
        out.put(distanceCount - 1, 5);
        out.put(orderCount - 4, 4);
        for (int i = 0; i < orderCount; i++) {
            out.put(code.length(ORDER[i]), 3);
        }
        for (int i = 0; i < symbolCount; i++) {
            int symbol = symbols[i] & 0xff;
            out.put(code.code(symbol), code.length(symbol));
            out.put(symbols[i] >>> 8, extraBits(symbol));
        }
    }

    private static int used(HuffmanCode code, int size, int least) {
        int used = size;
        while (used > least && code.length(used - 1) == 0) {
            used--;
        }
        return used;
    }

    private void run(int length, int count) {
        int left = count;
        if (length == 0) {
            while (left >= 11) {
                int n = Math.min(left, 138);
                add(MANY_ZEROS, n - 11);
                left -= n;
            }
            if (left >= 3) {
                add(ZEROS, left - 3);
                left = 0;
            }
        } else if (left >= 4) {
            add(length, 0);
            left--;
            while (left >= 3) {
                int n = Math.min(left, 6);
                add(REPEAT, n - 3);
                left -= n;
            }
        }
        for (; left > 0; left--) {
            add(length, 0);
        }
    }

    private void add(int symbol, int extra) {
        symbols[symbolCount++] = (extra << 8) | symbol;
        counts[symbol]++;
    }

    private static int extraBits(int symbol) {
        return switch (symbol) {
            case REPEAT -> 2;
            case ZEROS -> 3;
            case MANY_ZEROS -> 7;
            default -> 0;
        };
    }
}
