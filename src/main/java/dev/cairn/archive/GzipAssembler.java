package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Makes one gzip member (RFC 1952) out of deflate pieces that were compressed before, without compressing anything.
///
/// The header is always the same ten bytes (no name, time 0, OS 255 "unknown"); an empty final block ends the deflate
/// stream; the checksum is combined from those of the pieces. That a piece's bytes fit its facts is not checked here,
/// except for their number: check their digest where they come from.
public final class GzipAssembler {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    /// Final block, fixed codes, end of block.
    private static final byte[] FINAL_BLOCK = {3, 0};

    private final OutputStream out;
    private byte[] buffer = {};
    private long length;
    private int crc;
    private boolean started;

    /// An assembler that writes to `out`, which it does not close.
    public GzipAssembler(OutputStream out) {
        this.out = out;
    }

    /// Appends a piece: exactly its compressed length is read from `compressed`, which is not closed.
    public void append(DeflateSegment segment, InputStream compressed) throws IOException {
        start();
        buffer();
        long left = segment.compressedLength();
        while (left > 0) {
            int read = compressed.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw tooShort(segment, left);
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        add(segment);
    }

    /// Appends a piece that lies in a file from `position` on. The channel's own position does not change.
    public void append(DeflateSegment segment, FileChannel file, long position) throws IOException {
        start();
        ByteBuffer bytes = ByteBuffer.wrap(buffer());
        long left = segment.compressedLength();
        while (left > 0) {
            bytes.clear().limit((int) Math.min(left, bytes.capacity()));
            int read = file.read(bytes, position + segment.compressedLength() - left);
            if (read < 0) {
                throw tooShort(segment, left);
            }
            out.write(bytes.array(), 0, read);
            left -= read;
        }
        add(segment);
    }

    /// Appends a piece whose compressed bytes are at hand.
    public void append(DeflateSegment segment, byte[] compressed) throws IOException {
        if (compressed.length != segment.compressedLength()) {
            throw tooShort(segment, segment.compressedLength() - compressed.length);
        }
        start();
        out.write(compressed);
        add(segment);
    }

    /// Writes the end of the member and flushes. Nothing can be appended after it.
    public void finish() throws IOException {
        start();
        out.write(FINAL_BLOCK);
        byte[] trailer = new byte[8];
        for (int i = 0; i < 4; i++) {
            trailer[i] = (byte) (crc >>> (8 * i));
            trailer[4 + i] = (byte) (length >>> (8 * i));
        }
        out.write(trailer);
        out.flush();
    }

    /// How many uncompressed bytes have been appended.
    public long length() {
        return length;
    }

    /// Writes the header, if it is not yet written.
    void start() throws IOException {
        if (!started) {
            started = true;
            out.write(HEADER);
        }
    }

    /// Counts a piece whose bytes have already gone to the output.
    void add(DeflateSegment segment) {
        crc = Crc32Combine.combine(crc, segment.crc32(), segment.length());
        length += segment.length();
    }

    private byte[] buffer() {
        if (buffer.length == 0) {
            buffer = new byte[64 << 10];
        }
        return buffer;
    }

    private static ArchiveException tooShort(DeflateSegment segment, long missing) {
        return new ArchiveException(
                Code.TRUNCATED,
                "deflate segment of " + segment.compressedLength() + " bytes: " + missing + " of them are missing");
    }
}
