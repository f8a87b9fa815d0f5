package dev.cairn.registry.http;

import org.jspecify.annotations.Nullable;

/// The part of a content that a `Range` header asks for (RFC 9110, section 14). One part is served; a header with
/// several, or one that can't be read, counts as none, as the RFC allows.
sealed interface ByteRange {
    /// All of it.
    record Whole() implements ByteRange {}

    /// Some bytes of it.
    record Part(long first, long length) implements ByteRange {}

    /// Bytes that it does not have.
    record Unsatisfiable() implements ByteRange {}

    /// What the header asks for of a content of this size.
    static ByteRange of(@Nullable String header, long size) {
        if (header == null || !header.startsWith("bytes=") || header.indexOf(',') >= 0) {
            return new Whole();
        }
        String text = header.substring("bytes=".length()).strip();
        int dash = text.indexOf('-');
        if (dash < 0) {
            return new Whole();
        }
        long first = number(text.substring(0, dash));
        long last = number(text.substring(dash + 1));
        if (dash == 0) {
            return suffix(last, size);
        }
        boolean open = dash == text.length() - 1;
        if (first < 0 || (!open && last < first)) {
            return new Whole();
        }
        if (first >= size) {
            return new Unsatisfiable();
        }
        return new Part(first, (open ? size : Math.min(size, last + 1)) - first);
    }

    private static ByteRange suffix(long count, long size) {
        if (count < 0) {
            return new Whole();
        }
        long length = Math.min(count, size);
        return length == 0 ? new Unsatisfiable() : new Part(size - length, length);
    }

    /// The number, or -1.
    private static long number(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }
}
