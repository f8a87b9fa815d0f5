package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/// A buffer over compressed input that knows to the byte what has been used, also by an [Inflater].
final class GzipInput implements Closeable {
    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private int start;
    private int end;
    /// How much of the buffer's content the inflater has been lent.
    private int lent;

    private long position;

    GzipInput(InputStream in) {
        this.in = in;
    }

    /// How many bytes have been used.
    long position() {
        return position;
    }

    boolean atEnd() throws IOException {
        return start == end && !fill();
    }

    int read() throws IOException {
        if (atEnd()) {
            throw new ArchiveException(Code.TRUNCATED, "gzip: the input ends inside a member, at offset " + position);
        }
        position++;
        return buffer[start++] & 0xff;
    }

    long readUnsignedInt() throws IOException {
        return read() | (read() << 8) | (read() << 16) | ((long) read() << 24);
    }

    /// Lends the buffered bytes, or fresh ones, to the inflater.
    void feed(Inflater inflater) throws IOException {
        if (atEnd()) {
            throw new ArchiveException(Code.TRUNCATED, "gzip: the input ends inside a member, at offset " + position);
        }
        lent = end - start;
        inflater.setInput(buffer, start, lent);
    }

    /// Takes as used what the inflater has used of the bytes lent to it.
    void consumedBy(Inflater inflater) {
        int remaining = inflater.getRemaining();
        int used = lent - remaining;
        start += used;
        position += used;
        lent = remaining;
    }

    /// The inflater was reset: what it still held of the bytes lent to it is ours again.
    void takeBack() {
        lent = 0;
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        lent = 0;
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
