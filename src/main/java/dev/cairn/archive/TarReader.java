package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a tar stream entry by entry: ustar, GNU long names and PAX (POSIX.1-2017 pax, "ustar Interchange Format").
///
/// Safe against hostile input: paths come out relative and normalised, `..`, absolute paths, unknown entry types,
/// sparse
/// files, content on anything but files, contradicting long names, bad checksums, anything behind the end and anything
/// over
/// the [TarLimits] is an [ArchiveException]. A missing end is not: see [#endBlocksSeen()]. Symbolic links keep their
/// target as it is, wherever it leads; [StrictTar] judges them. Memory is bounded by [TarLimits#metadataSize()].
public final class TarReader {
    private final InputStream in;
    private final TarLimits limits;
    private final byte[] block = new byte[TarField.BLOCK];
    private final TarHeader header = new TarHeader();
    private Content content = new Content(0);
    private PaxRecords pax = PaxRecords.NONE;
    private long position;
    private long padding;
    private long entries;
    private boolean ended;
    private boolean endBlocksSeen;
    private boolean globalHeaderSeen;

    /// A reader of the tar in `in`, which it does not close.
    public TarReader(InputStream in, TarLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// The next entry, or null at the end. What was left unread of the previous entry's content is skipped.
    public @Nullable TarEntry next() throws IOException {
        finishEntry();
        if (ended) {
            return null;
        }
        header.reset();
        while (readHeaderBlock()) {
            char flag = (char) (block[156] & 0xff);
            if (flag == 'x' || flag == 'g' || flag == 'L' || flag == 'K') {
                readMetadata(flag);
            } else {
                return startEntry();
            }
        }
        if (header.hasMetadata()) {
            throw new ArchiveException(Code.TRUNCATED, "tar: ends between a long name or PAX header and its entry");
        }
        return null;
    }

    /// The current entry's content: ends where it ends; closing it changes nothing. Empty for all but files.
    public InputStream content() {
        return content;
    }

    /// The PAX records of the current entry that are not part of [TarEntry] (`SCHILY.xattr.…`, `APK-TOOLS.…`), as
    /// bytes.
    public Map<String, byte[]> attributes() {
        return Collections.unmodifiableMap(pax.values());
    }

    /// Whether the two zero blocks that end an archive have been read. A piece of a tar has none.
    public boolean endBlocksSeen() {
        return endBlocksSeen;
    }

    /// Whether a global PAX header has been read (its path, link or size would have been refused; the rest is ignored).
    public boolean globalHeaderSeen() {
        return globalHeaderSeen;
    }

    /// How many bytes of the tar have been read.
    public long position() {
        return position;
    }

    private void finishEntry() throws IOException {
        content.drain();
        skipFully(padding);
        padding = 0;
        pax = PaxRecords.NONE;
    }

    /// Reads a header into `block`; false at the end of the archive.
    private boolean readHeaderBlock() throws IOException {
        long start = position;
        int read = readBlock();
        if (read == 0) {
            ended = true;
            return false;
        }
        if (read < TarField.BLOCK) {
            throw truncated("in a header");
        }
        if (TarField.isZero(block)) {
            readEnd();
            return false;
        }
        TarField.verifyChecksum(block, start);
        return true;
    }

    /// After one zero block: either nothing at all, or a second one and only zeros after it.
    private void readEnd() throws IOException {
        ended = true;
        int read = readBlock();
        if (read == 0) {
            return;
        }
        boolean zero = TarField.isZero(block);
        if (!zero || read < TarField.BLOCK) {
            throw new ArchiveException(
                    Code.TRAILING_DATA, "tar: data after a zero block, at offset " + (position - read));
        }
        endBlocksSeen = true;
        while ((read = readBlock()) > 0) {
            if (!TarField.isZero(block)) {
                throw new ArchiveException(
                        Code.TRAILING_DATA, "tar: data after the end of the archive, at offset " + (position - read));
            }
        }
    }

    private void readMetadata(char flag) throws IOException {
        long size = TarField.number(block, 124, 12, "size");
        if (size < 0 || size > limits.metadataSize()) {
            throw limit("a metadata record of " + size + " bytes", limits.metadataSize());
        }
        byte[] data = new byte[(int) size];
        if (readFully(data) < data.length) {
            throw truncated("in a long name or PAX header");
        }
        skipFully(paddingOf(size));
        if (flag == 'g') {
            header.global(PaxRecords.parse(data));
            globalHeaderSeen = true;
            countEntry();
        } else {
            header.metadata(flag, data);
        }
    }

    private TarEntry startEntry() {
        TarEntry entry = header.entry(block);
        countEntry();
        check(entry);
        pax = header.extraRecords();
        content = new Content(entry.size());
        padding = paddingOf(entry.size());
        return entry;
    }

    private void countEntry() {
        entries++;
        if (entries > limits.entries()) {
            throw limit("the number of entries", limits.entries());
        }
    }

    private void check(TarEntry entry) {
        if (entry.size() > limits.entrySize()) {
            throw limit(TarPath.quote(entry.path()) + " of " + entry.size() + " bytes", limits.entrySize());
        }
        if (entry.size() > limits.totalSize() - position) {
            throw limit(TarPath.quote(entry.path()) + " makes it too large", limits.totalSize());
        }
        int longest = Math.max(entry.path().length(), entry.link().length());
        if (longest > limits.pathLength()) {
            throw limit("a path of " + longest + " characters", limits.pathLength());
        }
        if (TarPath.depth(entry.path()) > limits.pathDepth()) {
            throw limit("the depth of a path", limits.pathDepth());
        }
    }

    private static long paddingOf(long size) {
        return -size & (TarField.BLOCK - 1);
    }

    private int readBlock() throws IOException {
        return readFully(block);
    }

    /// Reads as much of `bytes` as there is; what is not filled is zero.
    private int readFully(byte[] bytes) throws IOException {
        int read = in.readNBytes(bytes, 0, bytes.length);
        Arrays.fill(bytes, read, bytes.length, (byte) 0);
        advance(read);
        return read;
    }

    private void advance(long bytes) {
        position += bytes;
        if (position > limits.totalSize()) {
            throw limit("its size", limits.totalSize());
        }
    }

    private void skipFully(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int read = in.readNBytes(block, 0, (int) Math.min(left, block.length));
            if (read == 0) {
                throw truncated("in an entry");
            }
            advance(read);
            left -= read;
        }
    }

    private ArchiveException truncated(String where) {
        return new ArchiveException(Code.TRUNCATED, "tar: the input ends " + where + ", at offset " + position);
    }

    private static ArchiveException limit(String what, long limit) {
        return new ArchiveException(Code.LIMIT, "tar: " + what + ", over the limit of " + limit);
    }

    private final class Content extends InputStream {
        private long left;

        Content(long size) {
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw truncated("in an entry's content");
            }
            advance(read);
            left -= read;
            return read;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }

        void drain() throws IOException {
            byte[] buffer = left > 0 ? new byte[(int) Math.min(left, 64 << 10)] : block;
            while (left > 0) {
                if (read(buffer, 0, buffer.length) < 0) {
                    return;
                }
            }
        }
    }
}
