package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.io.IOException;
import java.util.zip.CRC32;

/// Reads past a member's header (RFC 1952, section 2.3).
final class GzipHeader {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int MAX_TEXT = 64 << 10;

    private final GzipInput in;
    private final CRC32 crc = new CRC32();

    private GzipHeader(GzipInput in) {
        this.in = in;
    }

    /// Reads the header at the input's position; `first` says whether it is the file's first.
    static void read(GzipInput in, boolean first) throws IOException {
        new GzipHeader(in).read(first);
    }

    private void read(boolean first) throws IOException {
        long offset = in.position();
        if (next() != 0x1f || in.atEnd() || next() != 0x8b) {
            Code code = first ? Code.MALFORMED : Code.TRAILING_DATA;
            throw new ArchiveException(code, "gzip: no member starts at offset " + offset);
        }
        int method = next();
        int flags = next();
        if (method != 8 || (flags & RESERVED) != 0) {
            throw new ArchiveException(
                    Code.UNSUPPORTED, "gzip: method " + method + ", flags " + flags + " at offset " + offset);
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            int actual = (int) crc.getValue() & 0xffff;
            if ((next() | next() << 8) != actual) {
                throw new ArchiveException(Code.CHECKSUM, "gzip: bad header checksum at offset " + offset);
            }
        }
    }

    private int next() throws IOException {
        int b = in.read();
        crc.update(b);
        return b;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        for (int i = 0; i < MAX_TEXT; i++) {
            if (next() == 0) {
                return;
            }
        }
        throw new ArchiveException(Code.LIMIT, "gzip: a name or comment of more than " + MAX_TEXT + " bytes");
    }
}
