package dev.cairn.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// One chunk of input behind the window that precedes it, and its compressed form.
final class DeflateChunk {
    private static final int WINDOW = 32 << 10;

    /// Wide reads may touch bytes behind the end.
    private static final int SLACK = 16;

    private static final int FIRST_SIZE = 32 << 10;

    private final BitOutput compressed = new BitOutput();
    private final DeflateBlocks blocks = new DeflateBlocks(compressed);
    private final DeflateParser parser = new DeflateParser();
    private byte[] bytes = new byte[FIRST_SIZE + SLACK];
    private int start;
    private int end;

    boolean isEmpty() {
        return end == start;
    }

    boolean isFull() {
        return end - start == SegmentWriter.CHUNK;
    }

    /// Takes what fits of these bytes and returns how many that are.
    int append(byte[] source, int offset, int count) {
        int taken = Math.min(count, SegmentWriter.CHUNK - (end - start));
        if (end + taken + SLACK > bytes.length) {
            grow(end + taken);
        }
        System.arraycopy(source, offset, bytes, end, taken);
        end += taken;
        return taken;
    }

    private void grow(int needed) {
        int most = start + SegmentWriter.CHUNK;
        bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(needed, 4 * bytes.length)) + SLACK);
    }

    /// Becomes the empty chunk that follows `previous`.
    void startAfter(DeflateChunk previous) {
        start = Math.min(WINDOW, previous.end);
        end = start;
        if (bytes.length < start + SegmentWriter.CHUNK + SLACK) {
            bytes = new byte[start + SegmentWriter.CHUNK + SLACK];
        }
        System.arraycopy(previous.bytes, previous.end - start, bytes, 0, start);
    }

    DeflateChunk compress() {
        compressed.clear();
        blocks.reset(bytes, start);
        parser.parse(bytes, start, end, blocks);
        blocks.finish();
        return this;
    }

    /// Writes the compressed bytes and returns how many they are.
    int drainTo(OutputStream out) throws IOException {
        compressed.writeTo(out);
        return compressed.byteCount();
    }
}
