package dev.cairn.mapping;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lines sorted by their first cell, found by halving: nothing is parsed but the lines that are looked at.
final class SortedLines {
    private final byte[] text;
    private final int start;

    /// Lines that begin with `#` may stand before the first one.
    SortedLines(byte[] text) {
        this.text = text;
        int first = 0;
        while (first < text.length && text[first] == '#') {
            first = end(first) + 1;
        }
        this.start = first;
    }

    /// The line whose first cell is `key`, without its end, or null.
    @Nullable
    String find(String key) {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        int low = start;
        int high = text.length;
        while (low < high) {
            int line = lineStart((low + high) >>> 1, low);
            int end = end(line);
            int order = compare(wanted, line, end);
            if (order == 0) {
                return new String(text, line, end - line, StandardCharsets.UTF_8);
            }
            if (order < 0) {
                high = line;
            } else {
                low = end + 1;
            }
        }
        return null;
    }

    /// Every first cell, in order.
    void forEachKey(Consumer<String> consumer) {
        for (int line = start; line < text.length; line = end(line) + 1) {
            consumer.accept(new String(text, line, keyEnd(line, end(line)) - line, StandardCharsets.UTF_8));
        }
    }

    private int lineStart(int from, int low) {
        int at = from;
        while (at > low && text[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private int end(int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    private int keyEnd(int line, int end) {
        int at = line;
        while (at < end && text[at] != '\t') {
            at++;
        }
        return at;
    }

    private int compare(byte[] wanted, int line, int end) {
        int length = keyEnd(line, end) - line;
        for (int i = 0; i < Math.min(wanted.length, length); i++) {
            int order = Byte.compare(wanted[i], text[line + i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(wanted.length, length);
    }
}
