package dev.cairn.archive;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/// Builds the 512-byte header of one entry and collects, as PAX records, what its fields cannot hold.
final class TarHeaderBlock {
    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_LENGTH = 155;
    private static final long MAX_7_OCTAL = (1L << 21) - 1;
    private static final long MAX_11_OCTAL = (1L << 33) - 1;

    private final byte[] block = new byte[TarField.BLOCK];

    TarHeaderBlock(TarEntry entry, SortedMap<String, byte[]> records) {
        putPath(entry, records);
        octal(100, 8, entry.mode());
        putNumber(108, 8, entry.uid(), MAX_7_OCTAL, "uid", records);
        putNumber(116, 8, entry.gid(), MAX_7_OCTAL, "gid", records);
        putNumber(124, 12, entry.size(), MAX_11_OCTAL, "size", records);
        putNumber(136, 12, entry.mtime(), MAX_11_OCTAL, "mtime", records);
        block[156] = flag(entry.type());
        putText(157, NAME_LENGTH, entry.link(), "linkpath", records);
        text(257, 8, "ustar\00000");
        // 31 and not 32: some readers want the owner names' NUL.
        putText(265, 31, entry.user(), "uname", records);
        putText(297, 31, entry.group(), "gname", records);
        octal(329, 8, 0);
        octal(337, 8, 0);
        sum();
    }

    private TarHeaderBlock(String name, long size) {
        text(0, NAME_LENGTH, name);
        octal(100, 8, 0644);
        octal(108, 8, 0);
        octal(116, 8, 0);
        octal(124, 12, size);
        octal(136, 12, 0);
        block[156] = 'x';
        text(257, 8, "ustar\00000");
        octal(329, 8, 0);
        octal(337, 8, 0);
        sum();
    }

    byte[] bytes() {
        return block;
    }

    /// The header of the PAX records that precede `entry`.
    static byte[] paxHeader(TarEntry entry, int size) {
        return new TarHeaderBlock("PaxHeaders/" + ascii(entry.name()), size).bytes();
    }

    /// `length key=value\n`, where the length counts itself.
    static byte[] paxData(SortedMap<String, byte[]> records) {
        java.io.ByteArrayOutputStream data = new java.io.ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> record : records.entrySet()) {
            byte[] key = record.getKey().getBytes(StandardCharsets.UTF_8);
            int rest = key.length + record.getValue().length + 3;
            int length = rest + Integer.toString(rest).length();
            // Counting its own digits may have added one.
            length = rest + Integer.toString(length).length();
            data.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
            data.write(' ');
            data.writeBytes(key);
            data.write('=');
            data.writeBytes(record.getValue());
            data.write('\n');
        }
        return data.toByteArray();
    }

    private void putPath(TarEntry entry, SortedMap<String, byte[]> records) {
        String path = entry.isRoot() ? "./" : entry.isDirectory() ? entry.path() + "/" : entry.path();
        int split = isAscii(path) ? split(path) : -1;
        if (split >= 0) {
            text(345, PREFIX_LENGTH, path.substring(0, split));
            text(0, NAME_LENGTH, path.substring(split == 0 ? 0 : split + 1));
            return;
        }
        records.put("path", path.getBytes(StandardCharsets.UTF_8));
        text(0, NAME_LENGTH, ascii(path));
    }

    /// The index of the slash between prefix and name, 0 where no prefix is needed, -1 where none helps.
    private static int split(String path) {
        if (path.length() <= NAME_LENGTH) {
            return 0;
        }
        int slash = path.indexOf('/', path.length() - NAME_LENGTH - 1);
        boolean fits = slash > 0 && slash <= PREFIX_LENGTH && slash < path.length() - 1;
        return fits ? slash : -1;
    }

    private void putText(int offset, int length, String value, String key, SortedMap<String, byte[]> records) {
        if (value.length() > length || !isAscii(value)) {
            records.put(key, value.getBytes(StandardCharsets.UTF_8));
        }
        text(offset, length, ascii(value));
    }

    private void putNumber(
            int offset, int length, long value, long max, String key, SortedMap<String, byte[]> records) {
        boolean fits = value >= 0 && value <= max;
        if (!fits) {
            records.put(key, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
        }
        octal(offset, length, fits ? value : 0);
    }

    private void octal(int offset, int length, long value) {
        long rest = value;
        for (int i = offset + length - 2; i >= offset; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    /// Writes what fits; the caller has put the whole into a record if it does not.
    private void text(int offset, int length, String ascii) {
        for (int i = 0; i < Math.min(length, ascii.length()); i++) {
            block[offset + i] = (byte) ascii.charAt(i);
        }
    }

    private void sum() {
        int sum = TarField.checksum(block);
        octal(148, 7, sum);
        block[155] = ' ';
    }

    private static byte flag(TarEntry.Type type) {
        return (byte)
                switch (type) {
                    case FILE -> '0';
                    case HARDLINK -> '1';
                    case SYMLINK -> '2';
                    case CHARACTER_DEVICE -> '3';
                    case BLOCK_DEVICE -> '4';
                    case DIRECTORY -> '5';
                    case FIFO -> '6';
                };
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e || text.charAt(i) == 0) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(String text) {
        if (isAscii(text)) {
            return text;
        }
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ascii.append(c > 0x7e || c == 0 ? '_' : c);
        }
        return ascii.toString();
    }
}
