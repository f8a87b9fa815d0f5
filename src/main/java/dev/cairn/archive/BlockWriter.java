package dev.cairn.archive;

/// Writes runs of tokens as deflate blocks (RFC 1951, section 3.2), each in the form that takes the fewest bits.
final class BlockWriter {
    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;
    private static final int MAX_STORED = 65535;

    private final BitOutput out;
    private final HuffmanCode literals = new HuffmanCode(DeflateSymbols.LITERALS, 15);
    private final HuffmanCode distances = new HuffmanCode(DeflateSymbols.DISTANCES, 15);
    private final FixedCodes fixed = new FixedCodes();
    private final CodeDescription description = new CodeDescription();
    /// For each match length and for each distance symbol: bits to write and how many.
    private final int[] lengthBits = new int[DeflateSymbols.MAX_MATCH + 1];

    private final int[] literalBits = new int[DeflateSymbols.LITERALS];
    private final int[] distanceBits = new int[DeflateSymbols.DISTANCES];
    private byte[] bytes = {};
    private int position;

    BlockWriter(BitOutput out) {
        this.out = out;
    }

    void reset(byte[] newBytes, int start) {
        bytes = newBytes;
        position = start;
    }

    /// Writes the first `count` tokens, whose symbols `statistics` has counted, as one block (or stored, as several).
    void write(int[] tokens, int count, BlockStatistics statistics) {
        int length = length(tokens, count);
        literals.build(statistics.literals);
        distances.build(statistics.distances);
        description.describe(literals, distances);
        long extra = extraBits(statistics);
        long dynamicBits = 3 + description.bits() + codedBits(statistics, literals, distances) + extra;
        long fixedBits = 3 + codedBits(statistics, fixed.literals, fixed.distances) + extra;
        long storedBits = storedBits(length);
        // Room for the block in any form that could be chosen, since the smallest is.
        out.ensure((int) (Math.min(storedBits, Math.min(dynamicBits, fixedBits)) / 8) + 32);
        if (storedBits < dynamicBits && storedBits < fixedBits) {
            writeStored(length);
        } else if (fixedBits <= dynamicBits) {
            out.put(FIXED << 1, 3);
            writeTokens(tokens, count, fixed.literals, fixed.distances);
        } else {
            out.put(DYNAMIC << 1, 3);
            description.writeTo(out);
            writeTokens(tokens, count, literals, distances);
        }
        position += length;
    }

    /// Ends the output on a byte boundary, with an empty stored block where it is not on one.
    void align() {
        if (!out.isAligned()) {
            out.ensure(8);
            writeStored(0);
        }
    }

    private static int length(int[] tokens, int count) {
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += tokens[i] < 512 ? 1 : tokens[i] & 0x1ff;
        }
        return length;
    }

    private static long extraBits(BlockStatistics statistics) {
        long bits = 0;
        for (int symbol = 0; symbol < 29; symbol++) {
            bits += (long) statistics.literals[257 + symbol] * DeflateSymbols.lengthExtraBits(symbol);
        }
        for (int symbol = 0; symbol < DeflateSymbols.DISTANCES; symbol++) {
            bits += (long) statistics.distances[symbol] * DeflateSymbols.distanceExtraBits(symbol);
        }
        return bits;
    }

    private static long codedBits(BlockStatistics statistics, HuffmanCode literals, HuffmanCode distances) {
        long bits = 0;
        for (int symbol = 0; symbol < DeflateSymbols.LITERALS; symbol++) {
            bits += (long) statistics.literals[symbol] * literals.length(symbol);
        }
        for (int symbol = 0; symbol < DeflateSymbols.DISTANCES; symbol++) {
            bits += (long) statistics.distances[symbol] * distances.length(symbol);
        }
        return bits;
    }

    /// An upper bound: up to 7 bits of padding in each stored block.
    private static long storedBits(int length) {
        int blocks = Math.max(1, (length + MAX_STORED - 1) / MAX_STORED);
        return blocks * (3 + 7 + 32L) + 8L * length;
    }

    private void writeStored(int length) {
        int from = position;
        int left = length;
        do {
            int n = Math.min(left, MAX_STORED);
            out.put(STORED << 1, 3);
            out.align();
            out.put((n | (~n << 16)) & 0xffffffffL, 32);
            out.putBytes(bytes, from, n);
            from += n;
            left -= n;
        } while (left > 0);
    }

    private void writeTokens(int[] tokens, int count, HuffmanCode literal, HuffmanCode distance) {
        prepare(literal, distance);
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (token < 512) {
                int entry = literalBits[token];
                out.put(entry >>> 4, entry & 15);
            } else {
                int entry = lengthBits[token & 0x1ff];
                long value = (entry & 0xffffffffL) >>> 5;
                int bits = entry & 31;
                int d = token >>> 9;
                int symbol = DeflateSymbols.distanceSymbol(d);
                int distanceEntry = distanceBits[symbol];
                value |= (long) (distanceEntry >>> 4) << bits;
                bits += distanceEntry & 15;
                value |= (long) (d - DeflateSymbols.distanceBase(symbol)) << bits;
                bits += DeflateSymbols.distanceExtraBits(symbol);
                out.put(value, bits);
            }
        }
        int end = literalBits[DeflateSymbols.END_OF_BLOCK];
        out.put(end >>> 4, end & 15);
    }

    /// Puts each symbol's code, and each length's code with its extra bits, into one number with their bit count.
    private void prepare(HuffmanCode literal, HuffmanCode distance) {
        for (int symbol = 0; symbol < DeflateSymbols.LITERALS; symbol++) {
            literalBits[symbol] = (literal.code(symbol) << 4) | literal.length(symbol);
        }
        for (int symbol = 0; symbol < DeflateSymbols.DISTANCES; symbol++) {
            distanceBits[symbol] = (distance.code(symbol) << 4) | distance.length(symbol);
        }
        for (int length = DeflateSymbols.MIN_MATCH; length <= DeflateSymbols.MAX_MATCH; length++) {
            int symbol = DeflateSymbols.lengthSymbol(length);
            int codeLength = literal.length(257 + symbol);
            int extra = length - DeflateSymbols.lengthBase(symbol);
            int value = literal.code(257 + symbol) | (extra << codeLength);
            lengthBits[length] = (value << 5) | (codeLength + DeflateSymbols.lengthExtraBits(symbol));
        }
    }
}
