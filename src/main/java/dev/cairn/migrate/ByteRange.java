package dev.cairn.migrate;

/// A half-open range of a file's bytes.
///
/// @param start the first byte's offset
/// @param end the offset behind the last byte; equal to `start` for a place between two bytes
public record ByteRange(int start, int end) {
    public ByteRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range: " + start + ".." + end);
        }
    }

    /// The place before the byte at `offset`.
    public static ByteRange at(int offset) {
        return new ByteRange(offset, offset);
    }

    /// How many bytes it covers.
    public int length() {
        return end - start;
    }

    /// Whether `other` lies within, ends included.
    public boolean contains(ByteRange other) {
        return start <= other.start && other.end <= end;
    }

    /// Whether a byte is in both.
    public boolean overlaps(ByteRange other) {
        return start < other.end && other.start < end;
    }

    /// The smallest range that covers both.
    public ByteRange to(ByteRange other) {
        return new ByteRange(Math.min(start, other.start), Math.max(end, other.end));
    }
}
