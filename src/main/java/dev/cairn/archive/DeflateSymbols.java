package dev.cairn.archive;

/// The alphabets of deflate (RFC 1951, section 3.2.5): literals and lengths, distances, and their extra bits.
final class DeflateSymbols {
    static final int END_OF_BLOCK = 256;
    static final int LITERALS = 286;
    static final int DISTANCES = 30;
    static final int MIN_MATCH = 3;
    static final int MAX_MATCH = 258;
    static final int WINDOW = 32 << 10;

    /// The symbol of each match length, less 257.
    private static final byte[] LENGTH_SYMBOL = new byte[MAX_MATCH + 1];

    /// The base of each length symbol, less [#MIN_MATCH].
    private static final short[] LENGTH_BASE = new short[29];

    static {
        int base = 0;
        for (int symbol = 0; symbol < 28; symbol++) {
            LENGTH_BASE[symbol] = (short) base;
            for (int i = 0; i < 1 << lengthExtraBits(symbol) && base + i < MAX_MATCH - MIN_MATCH; i++) {
                LENGTH_SYMBOL[MIN_MATCH + base + i] = (byte) symbol;
            }
            base += 1 << lengthExtraBits(symbol);
        }
        // The longest match has a symbol of its own.
        LENGTH_BASE[28] = MAX_MATCH - MIN_MATCH;
        LENGTH_SYMBOL[MAX_MATCH] = 28;
    }

    private DeflateSymbols() {}

    /// 0 to 28; the literal alphabet counts it from 257 on.
    static int lengthSymbol(int length) {
        return LENGTH_SYMBOL[length];
    }

    static int lengthBase(int symbol) {
        return LENGTH_BASE[symbol] + MIN_MATCH;
    }

    static int lengthExtraBits(int symbol) {
        return symbol < 8 || symbol == 28 ? 0 : (symbol >> 2) - 1;
    }

    static int distanceSymbol(int distance) {
        int d = distance - 1;
        if (d < 4) {
            return d;
        }
        // Two symbols for each power of two: the bit below the highest one tells them apart.
        int high = 31 - Integer.numberOfLeadingZeros(d);
        return 2 * high + ((d >>> (high - 1)) & 1);
    }

    static int distanceBase(int symbol) {
        return symbol < 4 ? symbol + 1 : ((2 | (symbol & 1)) << ((symbol >> 1) - 1)) + 1;
    }

    static int distanceExtraBits(int symbol) {
        return symbol < 4 ? 0 : (symbol >> 1) - 1;
    }
}
