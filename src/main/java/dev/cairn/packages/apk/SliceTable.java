package dev.cairn.packages.apk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Distinct byte strings, numbered from 0 in the order of their first appearance. Made for reading an index with almost
/// no allocation: a slice of the index is looked up in place.
final class SliceTable {
    private static final int SEED = 5381;

    private byte[] heap;
    private int[] ends;
    private int count;
    private int[] slots;

    SliceTable(int expected) {
        heap = new byte[expected * 12];
        ends = new int[expected];
        slots = newSlots(expected * 2);
    }

    private SliceTable(byte[] heap, int[] ends, int[] slots) {
        this.heap = heap;
        this.ends = ends;
        this.count = ends.length;
        this.slots = slots;
    }

    private static int[] newSlots(int atLeast) {
        int[] slots = new int[Integer.highestOneBit(Math.max(atLeast, 16) - 1) << 1];
        Arrays.fill(slots, -1);
        return slots;
    }

    int count() {
        return count;
    }

    /// The number of this slice; it gets one if it has none.
    int intern(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        if (slots[slot] >= 0) {
            return slots[slot];
        }
        int id = count;
        append(bytes, from, to);
        slots[slot] = id;
        if (count * 2 > slots.length) {
            rehash();
        }
        return id;
    }

    /// The number of this text, or -1.
    int find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return slots[slot(bytes, 0, bytes.length)];
    }

    String text(int id) {
        return new String(heap, start(id), ends[id] - start(id), StandardCharsets.UTF_8);
    }

    int hash(int id) {
        return hash(heap, start(id), ends[id]);
    }

    private int start(int id) {
        return id == 0 ? 0 : ends[id - 1];
    }

    private int slot(byte[] bytes, int from, int to) {
        int mask = slots.length - 1;
        int slot = hash(bytes, from, to) & mask;
        while (slots[slot] >= 0 && !isAt(slots[slot], bytes, from, to)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isAt(int id, byte[] bytes, int from, int to) {
        return Arrays.equals(heap, start(id), ends[id], bytes, from, to);
    }

    private void append(byte[] bytes, int from, int to) {
        int start = count == 0 ? 0 : ends[count - 1];
        int end = Math.addExact(start, to - from);
        if (end > heap.length) {
            heap = Arrays.copyOf(heap, Math.max(end, heap.length * 2));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2 + 16);
        }
        System.arraycopy(bytes, from, heap, start, to - from);
        ends[count++] = end;
    }

    private void rehash() {
        int[] old = slots;
        slots = newSlots(old.length * 2);
        int mask = slots.length - 1;
        for (int id = 0; id < count; id++) {
            int slot = hash(id) & mask;
            while (slots[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id;
        }
    }

    /// MurmurHash3 (32 bits, little-endian), the function by which apk-tools orders names.
    static int hash(byte[] bytes, int from, int to) {
        int h = SEED;
        int at = from;
        for (; at + 4 <= to; at += 4) {
            int k = (bytes[at] & 0xff)
                    | (bytes[at + 1] & 0xff) << 8
                    | (bytes[at + 2] & 0xff) << 16
                    | (bytes[at + 3] & 0xff) << 24;
            h = Integer.rotateLeft(h ^ scramble(k), 13) * 5 + 0xe6546b64;
        }
        if (at < to) {
            int k = 0;
            for (int i = to - 1; i >= at; i--) {
                k = k << 8 | (bytes[i] & 0xff);
            }
            h ^= scramble(k);
        }
        h ^= to - from;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    private static int scramble(int k) {
        return Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
    }

    void writeTo(IntSections out) {
        out.bytes(Arrays.copyOf(heap, count == 0 ? 0 : ends[count - 1]));
        out.ints(Arrays.copyOf(ends, count));
        out.ints(slots);
    }

    static SliceTable readFrom(IntSections in) {
        return new SliceTable(in.bytes(), in.ints(), in.ints());
    }
}
