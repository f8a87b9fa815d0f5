package dev.cairn.image;

/// A map from 64-bit path hashes to small numbers, without an object per entry.
final class HashIndex {
    private final long[] keys;
    private final int[] values;
    private final int mask;

    /// Room for this many entries.
    HashIndex(int entries) {
        int capacity = Integer.highestOneBit(Math.max(16, entries) * 2 - 1) << 1;
        keys = new long[capacity];
        values = new int[capacity];
        mask = capacity - 1;
    }

    /// Puts a value; the value that was there before, or -1.
    int putIfAbsent(long hash, int value) {
        int slot = (int) hash & mask;
        while (values[slot] != 0) {
            if (keys[slot] == hash) {
                return values[slot] - 1;
            }
            slot = slot + 1 & mask;
        }
        keys[slot] = hash;
        values[slot] = value + 1;
        return -1;
    }

    /// The value of a hash, or -1.
    int find(long hash) {
        int slot = (int) hash & mask;
        while (values[slot] != 0) {
            if (keys[slot] == hash) {
                return values[slot] - 1;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }
}
