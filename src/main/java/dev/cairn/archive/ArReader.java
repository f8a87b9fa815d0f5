package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads an ar archive member by member, in the common form that Debian packages use (deb(5), ar(5)): names of at most
/// 16 characters, no symbol table, no long-name table. Anything else is an [ArchiveException].
public final class ArReader {
    private static final String MAGIC = "!<arch>\n";
    private static final int HEADER = 60;
    private static final int MAX_MEMBERS = 10_000;

    private final InputStream in;
    private final byte[] header = new byte[HEADER];
    private long position;
    private long left;
    private long padding;
    private int members;
    private boolean started;

    /// A reader of `in`, which it does not close.
    public ArReader(InputStream in) {
        this.in = in;
    }

    /// The next member, or null at the end. What was left unread of the previous one is skipped.
    public @Nullable ArEntry next() throws IOException {
        if (!started) {
            readMagic();
        }
        skip(left + padding);
        left = 0;
        padding = 0;
        int read = in.readNBytes(header, 0, HEADER);
        position += read;
        if (read == 0) {
            return null;
        }
        if (read < HEADER) {
            throw truncated("in a member's header");
        }
        if (header[58] != '`' || header[59] != '\n') {
            throw malformed("no member header at offset " + (position - HEADER));
        }
        if (++members > MAX_MEMBERS) {
            throw new ArchiveException(Code.LIMIT, "ar: more than " + MAX_MEMBERS + " members");
        }
        ArEntry entry = new ArEntry(name(), position, size());
        left = entry.size();
        padding = left & 1;
        return entry;
    }

    /// The current member's content: ends where it ends; closing it changes nothing.
    public InputStream content() {
        return new Content();
    }

    private void readMagic() throws IOException {
        started = true;
        byte[] magic = in.readNBytes(MAGIC.length());
        position += magic.length;
        if (!new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw malformed("does not start with '!<arch>'");
        }
    }

    private String name() {
        String name = new String(header, 0, 16, StandardCharsets.ISO_8859_1).stripTrailing();
        if (name.equals("/") || name.equals("//") || name.startsWith("#1/") || isLongNameReference(name)) {
            throw new ArchiveException(Code.UNSUPPORTED, "ar: symbol and long-name tables are not supported: " + name);
        }
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        for (int i = 0; i < plain.length(); i++) {
            if (plain.charAt(i) <= ' ' || plain.charAt(i) > '~' || plain.charAt(i) == '/') {
                throw malformed("bad member name " + TarPath.quote(plain));
            }
        }
        if (plain.isEmpty()) {
            throw malformed("a member without a name");
        }
        return plain;
    }

    private static boolean isLongNameReference(String name) {
        return name.length() > 1 && name.charAt(0) == '/' && name.charAt(1) >= '0' && name.charAt(1) <= '9';
    }

    private long size() {
        int end = 58;
        while (end > 48 && header[end - 1] == ' ') {
            end--;
        }
        if (end == 48) {
            throw malformed("a member without a size");
        }
        long size = 0;
        for (int i = 48; i < end; i++) {
            if (header[i] < '0' || header[i] > '9') {
                throw malformed("a member's size is not a decimal number");
            }
            size = size * 10 + (header[i] - '0');
        }
        return size;
    }

    private void skip(long count) throws IOException {
        long remaining = count;
        byte[] buffer = header;
        while (remaining > 0) {
            long skipped = in.skip(remaining);
            if (skipped <= 0) {
                skipped = in.readNBytes(buffer, 0, (int) Math.min(remaining, buffer.length));
            }
            // Only the padding after the last member may be missing: some writers leave it out.
            if (skipped == 0 && remaining > padding) {
                throw truncated("in a member");
            }
            if (skipped == 0) {
                return;
            }
            position += skipped;
            remaining -= skipped;
        }
    }

    private ArchiveException truncated(String where) {
        return new ArchiveException(Code.TRUNCATED, "ar: the input ends " + where + ", at offset " + position);
    }

    private static ArchiveException malformed(String complaint) {
        return new ArchiveException(Code.MALFORMED, "ar: " + complaint);
    }

    private final class Content extends InputStream {
        private final int member = members;

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
            if (left == 0 || member != members) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw truncated("in a member's content");
            }
            position += read;
            left -= read;
            return read;
        }
    }
}
