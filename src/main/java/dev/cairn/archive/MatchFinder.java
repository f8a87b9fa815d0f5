package dev.cairn.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds earlier occurrences of the bytes at a position: hash chains over four bytes, and the last position of each
/// three-byte hash. Positions must be added in ascending order.
final class MatchFinder {
    /// How many positions a chain is followed, normally and where a good match is already at hand.
    private static final int DEPTH = 12;
    private static final int QUICK_DEPTH = 6;
    private static final int GOOD_LENGTH = 10;

    /// A match of this length ends the search.
    static final int NICE_LENGTH = 96;

    /// A match of three bytes from further away costs more than its literals.
    private static final int FAR = 4096;

    private static final int BITS = 15;
    private static final int SHORT_BITS = 13;
    private static final int MASK = DeflateSymbols.WINDOW - 1;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] head = new int[1 << BITS];
    private final int[] shortHead = new int[1 << SHORT_BITS];
    /// For each position of the window, how far behind it the previous one with the same hash is. Small, to stay in
    /// cache.
    private final char[] back = new char[DeflateSymbols.WINDOW];
    private byte[] bytes = {};
    private int end;

    /// Forgets everything; the next positions are ones in `newBytes`, which end at `newEnd` and go on for 8 bytes of
    /// slack.
    void reset(byte[] newBytes, int newEnd) {
        bytes = newBytes;
        end = newEnd;
        Arrays.fill(head, -DeflateSymbols.WINDOW);
        Arrays.fill(shortHead, -DeflateSymbols.WINDOW);
    }

    /// Adds positions without searching.
    void add(int from, int to) {
        byte[] b = bytes;
        int last = Math.min(to, end - 3);
        for (int position = from; position < last; position++) {
            int value = (int) INT.get(b, position);
            int hash = hash(value);
            back[position & MASK] = (char) Math.min(position - head[hash], DeflateSymbols.WINDOW);
            head[hash] = position;
            shortHead[shortHash(value)] = position;
        }
    }

    /// Adds a position and looks for a match there that is longer than `atLeast` bytes. Returns its length in the upper
    /// and its distance less one in the lower 16 bits, or 0.
    int find(int position, int atLeast) {
        if (position >= end - 3) {
            return 0;
        }
        byte[] b = bytes;
        int value = (int) INT.get(b, position);
        int hash = hash(value);
        int shortHash = shortHash(value);
        int candidate = head[hash];
        int shortCandidate = shortHead[shortHash];
        back[position & MASK] = (char) Math.min(position - candidate, DeflateSymbols.WINDOW);
        head[hash] = position;
        shortHead[shortHash] = position;

        int longest = Math.min(DeflateSymbols.MAX_MATCH, end - position);
        int oldest = Math.max(0, position - MASK);
        int best = Math.max(atLeast, 3);
        int found = 0;
        if (best >= longest) {
            return 0;
        }
        int depth = atLeast >= GOOD_LENGTH ? QUICK_DEPTH : DEPTH;
        int tail = (int) INT.get(b, position + best - 3);
        while (candidate >= oldest) {
            if ((int) INT.get(b, candidate + best - 3) == tail && (int) INT.get(b, candidate) == value) {
                int length = matchLength(b, candidate, position, longest);
                if (length > best) {
                    best = length;
                    found = (length << 16) | (position - candidate - 1);
                    if (length >= NICE_LENGTH || length >= longest) {
                        return found;
                    }
                    tail = (int) INT.get(b, position + best - 3);
                }
            }
            if (--depth == 0) {
                break;
            }
            candidate -= back[candidate & MASK];
        }
        if (found == 0 && atLeast < 3 && shortCandidate >= oldest && position - shortCandidate <= FAR) {
            int difference = (int) INT.get(b, shortCandidate) ^ value;
            if ((difference & 0xffffff) == 0) {
                return (3 << 16) | (position - shortCandidate - 1);
            }
        }
        return found;
    }

    private static int matchLength(byte[] b, int from, int position, int longest) {
        int length = 4;
        while (length < longest) {
            long difference = (long) LONG.get(b, from + length) ^ (long) LONG.get(b, position + length);
            if (difference != 0) {
                return Math.min(longest, length + (Long.numberOfTrailingZeros(difference) >>> 3));
            }
            length += 8;
        }
        return longest;
    }

    private static int hash(int value) {
        return (value * 0x9e3779b1) >>> (32 - BITS);
    }

    private static int shortHash(int value) {
        return ((value << 8) * 0x9e3779b1) >>> (32 - SHORT_BITS);
    }
}
