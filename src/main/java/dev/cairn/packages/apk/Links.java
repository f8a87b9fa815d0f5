package dev.cairn.packages.apk;

import java.util.Arrays;

/// For each of a row of things, a list of numbers: all lists in one array. Filled in two passes, count then add.
final class Links {
    private final int[] starts;
    final int[] values;

    Links(int[] starts, int[] values) {
        this.starts = starts;
        this.values = values;
    }

    int from(int index) {
        return starts[index];
    }

    int to(int index) {
        return starts[index + 1];
    }

    void writeTo(IntSections out) {
        out.ints(starts);
        out.ints(values);
    }

    static Links readFrom(IntSections in) {
        return new Links(in.ints(), in.ints());
    }

    /// Collects pairs (index, value) in order, then sorts them by index, keeping that order.
    static final class Collector {
        private int[] indexes = new int[1 << 12];
        private int[] values = new int[1 << 12];
        private int size;

        void add(int index, int value) {
            if (size == indexes.length) {
                indexes = Arrays.copyOf(indexes, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            indexes[size] = index;
            values[size++] = value;
        }

        Links build(int count) {
            int[] starts = new int[count + 1];
            for (int i = 0; i < size; i++) {
                starts[indexes[i] + 1]++;
            }
            for (int i = 0; i < count; i++) {
                starts[i + 1] += starts[i];
            }
            int[] next = Arrays.copyOf(starts, count);
            int[] sorted = new int[size];
            for (int i = 0; i < size; i++) {
                sorted[next[indexes[i]]++] = values[i];
            }
            return new Links(starts, sorted);
        }
    }
}
