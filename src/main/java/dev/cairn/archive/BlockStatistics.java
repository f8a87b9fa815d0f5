package dev.cairn.archive;

import java.util.Arrays;

/// How often each symbol occurs in a run of tokens, and about how many bits that run takes with codes of its own.
///
/// A token below 512 is a literal byte; any other is a match: `distance << 9 | length`.
final class BlockStatistics {
    /// Bits per symbol that a code's description takes, about.
    private static final int BITS_PER_SYMBOL = 4;

    private static final int HEADER_BITS = 60;
    /// Logarithms are kept in units of 2^-16 bits.
    private static final int FRACTION = 16;

    private static final int TABLE_BITS = 10;
    /// log2 of 1 + i / 2^TABLE_BITS. [StrictMath] gives the same on every machine.
    private static final int[] LOG2 = new int[1 << TABLE_BITS];

    static {
        for (int i = 0; i < LOG2.length; i++) {
            double log = StrictMath.log(1 + (double) i / LOG2.length) / StrictMath.log(2);
            LOG2[i] = (int) (log * (1 << FRACTION) + 0.5);
        }
    }

    final int[] literals = new int[DeflateSymbols.LITERALS];
    final int[] distances = new int[DeflateSymbols.DISTANCES];
    private long cost;

    void count(int[] tokens, int from, int to) {
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
        for (int i = from; i < to; i++) {
            int token = tokens[i];
            if (token < 512) {
                literals[token]++;
            } else {
                literals[257 + DeflateSymbols.lengthSymbol(token & 0x1ff)]++;
                distances[DeflateSymbols.distanceSymbol(token >>> 9)]++;
            }
        }
        literals[DeflateSymbols.END_OF_BLOCK] = 1;
        updateCost();
    }

    void copy(BlockStatistics other) {
        System.arraycopy(other.literals, 0, literals, 0, literals.length);
        System.arraycopy(other.distances, 0, distances, 0, distances.length);
        cost = other.cost;
    }

    void sum(BlockStatistics a, BlockStatistics b) {
        for (int i = 0; i < literals.length; i++) {
            literals[i] = a.literals[i] + b.literals[i];
        }
        for (int i = 0; i < distances.length; i++) {
            distances[i] = a.distances[i] + b.distances[i];
        }
        literals[DeflateSymbols.END_OF_BLOCK] = 1;
        updateCost();
    }

    /// About how many bits codes of their own would take for these symbols, with the codes' description and without the
    /// extra bits, in units of 2^-16 bits.
    long cost() {
        return cost;
    }

    private void updateCost() {
        cost = ((long) HEADER_BITS << FRACTION) + entropy(literals) + entropy(distances);
    }

    private static long entropy(int[] counts) {
        long total = 0;
        long bits = 0;
        for (int count : counts) {
            if (count > 0) {
                total += count;
                bits += ((long) BITS_PER_SYMBOL << FRACTION) - (long) count * log2(count);
            }
        }
        return total == 0 ? 0 : bits + total * log2((int) total);
    }

    private static int log2(int n) {
        int exponent = 31 - Integer.numberOfLeadingZeros(n);
        int mantissa = (int) (((long) n << TABLE_BITS) >>> exponent) & ((1 << TABLE_BITS) - 1);
        return (exponent << FRACTION) + LOG2[mantissa];
    }
}
