package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What is known of an entry before it starts (long names, PAX records), and its header block made into a [TarEntry].
final class TarHeader {
    private static final long MAX_ID = 0xffffffffL;

    private @Nullable String longName;
    private @Nullable String longLink;
    private @Nullable PaxRecords records;

    void reset() {
        longName = null;
        longLink = null;
        records = null;
    }

    boolean hasMetadata() {
        return longName != null || longLink != null || records != null;
    }

    /// Takes the data of an `L`, `K` or `x` header; each may precede an entry once.
    void metadata(char flag, byte[] data) {
        switch (flag) {
            case 'L' -> longName = once(longName, TarField.text(data, 0, data.length));
            case 'K' -> longLink = once(longLink, TarField.text(data, 0, data.length));
            default -> records = once(records, PaxRecords.parse(data));
        }
    }

    /// A global header must not change what entries are.
    void global(PaxRecords global) {
        for (String key : global.values().keySet()) {
            switch (key) {
                case "path", "linkpath", "size", "uid", "gid", "uname", "gname", "mtime", "hdrcharset" ->
                    throw new ArchiveException(Code.UNSUPPORTED, "tar: a global PAX header sets " + key);
                default -> refuseSparse(key);
            }
        }
    }

    PaxRecords extraRecords() {
        return records == null ? PaxRecords.NONE : records.withoutStandardKeys();
    }

    TarEntry entry(byte[] block) {
        PaxRecords pax = records == null ? PaxRecords.NONE : records;
        checkSupported(pax);
        boolean posix = hasMagic(block, "ustar\0");
        boolean named = posix || hasMagic(block, "ustar ");
        String rawPath = choose(longName, pax.text("path"), () -> headerPath(block, posix));
        TarEntry.Type type = type(block[156] & 0xff, rawPath);
        String path = TarPath.normalise(rawPath, "tar: the path");
        if (path.isEmpty() && type != TarEntry.Type.DIRECTORY) {
            throw new ArchiveException(Code.MALFORMED, "tar: an entry that is no directory has no name");
        }
        long size = pax.number("size", TarField.number(block, 124, 12, "size"));
        if (size < 0 || (size > 0 && type != TarEntry.Type.FILE)) {
            throw malformed(path, "is a " + type + " with a size of " + size);
        }
        return new TarEntry(
                path,
                type,
                (int) TarField.number(block, 100, 8, "mode") & 07777,
                id(pax.number("uid", TarField.number(block, 108, 8, "uid")), path),
                id(pax.number("gid", TarField.number(block, 116, 8, "gid")), path),
                size,
                pax.seconds("mtime", TarField.number(block, 136, 12, "mtime")),
                link(block, type, pax, path),
                owner(pax.text("uname"), block, 265, named),
                owner(pax.text("gname"), block, 297, named));
    }

    private String link(byte[] block, TarEntry.Type type, PaxRecords pax, String path) {
        if (type != TarEntry.Type.SYMLINK && type != TarEntry.Type.HARDLINK) {
            return "";
        }
        String link = choose(longLink, pax.text("linkpath"), () -> TarField.text(block, 157, 100));
        String target = type == TarEntry.Type.HARDLINK ? TarPath.normalise(link, "tar: the hard link target") : link;
        if (target.isEmpty()) {
            throw malformed(path, "is a link to nothing");
        }
        return target;
    }

    private static String headerPath(byte[] block, boolean posix) {
        String name = TarField.text(block, 0, 100);
        String prefix = posix ? TarField.text(block, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String owner(@Nullable String pax, byte[] block, int offset, boolean named) {
        if (pax != null) {
            return pax;
        }
        return named ? TarField.text(block, offset, 32) : "";
    }

    private static TarEntry.Type type(int flag, String path) {
        return switch (flag) {
            // Before ustar a directory was a file whose name ends in a slash.
            case 0, '0' -> path.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            case '1' -> TarEntry.Type.HARDLINK;
            case '2' -> TarEntry.Type.SYMLINK;
            case '3' -> TarEntry.Type.CHARACTER_DEVICE;
            case '4' -> TarEntry.Type.BLOCK_DEVICE;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '6' -> TarEntry.Type.FIFO;
            default ->
                throw new ArchiveException(
                        Code.UNSUPPORTED, "tar: " + TarPath.quote(path) + " has the unknown entry type " + flag);
        };
    }

    private static void checkSupported(PaxRecords pax) {
        for (String key : pax.values().keySet()) {
            refuseSparse(key);
        }
        String charset = pax.text("hdrcharset");
        if (charset != null && !charset.equals("ISO-IR 10646 2000 UTF-8")) {
            throw new ArchiveException(Code.UNSUPPORTED, "tar: names in the charset " + TarPath.quote(charset));
        }
    }

    private static void refuseSparse(String key) {
        if (key.startsWith("GNU.sparse.")) {
            throw new ArchiveException(Code.UNSUPPORTED, "tar: sparse files are not supported (" + key + ")");
        }
    }

    private static long id(long id, String path) {
        if (id < 0 || id > MAX_ID) {
            throw malformed(path, "has the owner " + id);
        }
        return id;
    }

    private static boolean hasMagic(byte[] block, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
        return java.util.Arrays.equals(block, 257, 257 + expected.length, expected, 0, expected.length);
    }

    /// A GNU long name and a PAX one on the same entry could disagree, and readers would too.
    private static String choose(
            @Nullable String gnu, @Nullable String pax, java.util.function.Supplier<String> header) {
        if (gnu != null && pax != null) {
            throw new ArchiveException(Code.MALFORMED, "tar: an entry has both a GNU and a PAX long name");
        }
        if (gnu != null) {
            return gnu;
        }
        return pax != null ? pax : header.get();
    }

    private static <T> T once(@Nullable T before, T now) {
        if (before != null) {
            throw new ArchiveException(Code.MALFORMED, "tar: an entry has two headers of the same kind");
        }
        return now;
    }

    private static ArchiveException malformed(String path, String complaint) {
        return new ArchiveException(Code.MALFORMED, "tar: " + TarPath.quote(path) + " " + complaint);
    }
}
