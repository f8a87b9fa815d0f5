package dev.cairn.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes tar entries; the same entries always give the same bytes (POSIX.1-2017 pax, "ustar Interchange Format").
///
/// An entry is one ustar header (magic `ustar`, version `00`, octal numbers, device numbers 0; the path is split
/// between
/// `prefix` and `name` at the first slash that lets both fit; a directory's path ends in `/`, the root's is `./`), its
/// content, and zeros up to the next multiple of 512. What does not fit a field, and any name that is not plain ASCII,
/// goes into a PAX header before it, its records sorted by key. Nothing is buffered; there is no record padding:
/// [#end()]
/// writes just the two zero blocks. Without it the output is a piece that another piece may follow.
public final class TarWriter {
    /// Names this layout of bytes: part of the key of everything derived with it, changed whenever it changes.
    public static final String FORMAT = "tar-1";

    private static final byte[] ZEROS = new byte[2 * TarField.BLOCK];

    private final OutputStream out;

    /// A writer to `out`, which it does not close.
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /// Writes a directory of root's.
    public void directory(String path, int mode) throws IOException {
        put(TarEntry.directory(path, mode));
    }

    /// Writes a file of root's.
    public void file(String path, int mode, byte[] content) throws IOException {
        put(TarEntry.file(path, mode, content.length), content);
    }

    /// Writes a symbolic link of root's.
    public void symlink(String path, String target) throws IOException {
        put(TarEntry.symlink(path, target));
    }

    /// Writes an entry without content.
    public void put(TarEntry entry) throws IOException {
        put(entry, InputStream.nullInputStream());
    }

    /// Writes a file with this content, whose length must be the entry's size.
    public void put(TarEntry entry, byte[] content) throws IOException {
        if (entry.size() != content.length) {
            throw wrongSize(entry, content.length);
        }
        putHeader(entry, Map.of());
        out.write(content);
        pad(content.length);
    }

    /// Writes an entry with the content that `content` yields, which must be as long as the entry's size.
    public void put(TarEntry entry, InputStream content) throws IOException {
        put(entry, Map.of(), content);
    }

    /// The same, with further PAX records, such as the [TarReader#attributes()] of an entry that is copied.
    public void put(TarEntry entry, Map<String, byte[]> attributes, InputStream content) throws IOException {
        putHeader(entry, attributes);
        long left = entry.size();
        if (left > 0) {
            byte[] buffer = new byte[(int) Math.min(left, 64 << 10)];
            while (left > 0) {
                int read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw wrongSize(entry, entry.size() - left);
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        if (content.read() >= 0) {
            throw new IllegalArgumentException(
                    "tar entry " + TarPath.quote(entry.path()) + ": more content than its size of " + entry.size());
        }
        pad(entry.size());
    }

    /// Writes a file's header only. The caller writes the content itself, as many bytes as the entry's size says, and
    /// zeros up to the next multiple of 512: for content that is compressed already.
    public void header(TarEntry entry) throws IOException {
        putHeader(entry, Map.of());
    }

    /// Writes the two zero blocks that end an archive, and flushes.
    public void end() throws IOException {
        out.write(ZEROS);
        out.flush();
    }

    private void putHeader(TarEntry entry, Map<String, byte[]> attributes) throws IOException {
        if (entry.type() == TarEntry.Type.CHARACTER_DEVICE || entry.type() == TarEntry.Type.BLOCK_DEVICE) {
            throw new IllegalArgumentException(
                    "tar entry " + TarPath.quote(entry.path()) + ": devices are not written");
        }
        SortedMap<String, byte[]> records = new TreeMap<>(attributes);
        TarHeaderBlock header = new TarHeaderBlock(entry, records);
        if (!records.isEmpty()) {
            byte[] data = TarHeaderBlock.paxData(records);
            out.write(TarHeaderBlock.paxHeader(entry, data.length));
            out.write(data);
            pad(data.length);
        }
        out.write(header.bytes());
    }

    private void pad(long size) throws IOException {
        out.write(ZEROS, 0, (int) (-size & (TarField.BLOCK - 1)));
    }

    private static IllegalArgumentException wrongSize(TarEntry entry, long found) {
        return new IllegalArgumentException("tar entry " + TarPath.quote(entry.path()) + ": " + found
                + " bytes of content, its size is " + entry.size());
    }
}
