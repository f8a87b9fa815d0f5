package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Splits a gzip file (RFC 1952) into its members, strictly: exact offsets, header, checksum and length verified, and
/// whatever is no member behind a member (zeros too) is [Code#TRAILING_DATA]. The decompressed size is not limited
/// here:
/// the reader of [#content()] decides how much it takes.
public final class GzipMembers implements Closeable {
    private final GzipInput in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private Content content = new Content(0, true);
    private boolean first = true;

    /// A splitter of the bytes of `in`, of which it reads ahead; closing it closes `in`.
    public GzipMembers(InputStream in) {
        this.in = new GzipInput(in);
    }

    /// A splitter of a file.
    public static GzipMembers open(Path file) throws IOException {
        return new GzipMembers(Files.newInputStream(file));
    }

    /// All members of the input, which is decompressed once to find them. An empty input has none.
    public static List<GzipMember> list(InputStream in) throws IOException {
        List<GzipMember> members = new ArrayList<>();
        // Closes only the inflater's memory: the caller's stream stays open.
        GzipMembers splitter = new GzipMembers(in);
        try {
            while (splitter.next()) {
                members.add(splitter.finish());
            }
            return members;
        } finally {
            splitter.inflater.end();
        }
    }

    /// Goes to the next member, decompressing what was left unread of the current one; false at the end of the input.
    public boolean next() throws IOException {
        content.drain();
        long offset = in.position();
        if (in.atEnd()) {
            return false;
        }
        GzipHeader.read(in, first);
        first = false;
        inflater.reset();
        in.takeBack();
        crc.reset();
        content = new Content(offset, false);
        return true;
    }

    /// The current member's decompressed bytes; its checksum is verified when its end is read.
    public InputStream content() {
        return content;
    }

    /// The offset at which the current member starts.
    public long offset() {
        return content.offset;
    }

    /// Decompresses what is left of the current member and says where it lies.
    public GzipMember finish() throws IOException {
        content.drain();
        return new GzipMember(content.offset, content.end - content.offset, content.length);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private void readTrailer(long length) throws IOException {
        long statedCrc = in.readUnsignedInt();
        long statedLength = in.readUnsignedInt();
        if (statedCrc != crc.getValue() || statedLength != (length & 0xffffffffL)) {
            throw new ArchiveException(
                    Code.CHECKSUM, "gzip: the member at offset " + content.offset + " has a wrong checksum or length");
        }
    }

    private final class Content extends InputStream {
        private final long offset;
        private long end;
        private long length;
        private boolean finished;

        Content(long offset, boolean finished) {
            this.offset = offset;
            this.finished = finished;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int start, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (finished || this != content) {
                return -1;
            }
            int inflated = inflate(bytes, start, count);
            if (inflated > 0) {
                crc.update(bytes, start, inflated);
                length += inflated;
                return inflated;
            }
            readTrailer(length);
            finished = true;
            end = in.position();
            return -1;
        }

        /// Some bytes, or 0 at the end of the deflate stream.
        private int inflate(byte[] bytes, int start, int count) throws IOException {
            try {
                while (true) {
                    int inflated = inflater.inflate(bytes, start, count);
                    in.consumedBy(inflater);
                    if (inflated > 0 || inflater.finished()) {
                        return inflated;
                    }
                    if (inflater.needsDictionary() || !inflater.needsInput()) {
                        throw new DataFormatException("no progress");
                    }
                    in.feed(inflater);
                }
            } catch (DataFormatException e) {
                throw new ArchiveException(
                        Code.MALFORMED,
                        "gzip: bad deflate data before offset " + in.position() + ": " + e.getMessage());
            }
        }

        void drain() throws IOException {
            if (!finished) {
                byte[] buffer = new byte[64 << 10];
                while (read(buffer, 0, buffer.length) >= 0) {
                    // Only to reach the end.
                }
            }
        }
    }
}
