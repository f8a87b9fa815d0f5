package dev.cairn.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes a zip archive (PKWARE's APPNOTE, without zip64): the same content gives the same bytes on every machine. Each
/// entry is dated 1980-01-01, the first day that the format knows. An entry's compressed form is held in memory; at
/// most
/// 65,535 entries and 4 GiB.
public final class ZipWriter {
    private static final int GZIP_HEADER = 10;
    private static final int GZIP_TRAILER = 8;
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final short VERSION = 20;
    private static final short UTF8_NAMES = 1 << 11;
    private static final short DEFLATED = 8;
    private static final short FIRST_DAY = 1 << 5 | 1;
    private static final int MOST = 0xffff;
    private static final long LARGEST = 0xffffffffL;

    private final OutputStream out;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;
    private long written;

    /// Writes to `out`, which stays open.
    public ZipWriter(OutputStream out) {
        this.out = out;
    }

    /// Adds an entry.
    public void put(String name, InputStream content) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        long size;
        try (GzipOutputStream compressing = new GzipOutputStream(gzip)) {
            size = content.transferTo(compressing);
        }
        byte[] bytes = gzip.toByteArray();
        int length = bytes.length - GZIP_HEADER - GZIP_TRAILER;
        int crc = ByteBuffer.wrap(bytes, bytes.length - GZIP_TRAILER, 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (entries == MOST || size > LARGEST || written + bytes.length > LARGEST) {
            throw new IOException("a zip archive of more than 65,535 entries or 4 GiB: " + name);
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] common = common(crc, length, (int) size, utf8.length);
        long place = written;
        write(little(4).putInt(LOCAL).array());
        write(common);
        write(utf8);
        out.write(bytes, GZIP_HEADER, length);
        written += length;
        directory.writeBytes(little(6).putInt(CENTRAL).putShort(VERSION).array());
        directory.writeBytes(common);
        // no comment, first disk, no attributes
        directory.writeBytes(little(14).putInt(10, (int) place).array());
        directory.writeBytes(utf8);
        entries++;
    }

    /// What an entry's own header and its line in the directory share.
    private static byte[] common(int crc, int length, int size, int name) {
        return little(26)
                .putShort(VERSION)
                .putShort(UTF8_NAMES)
                .putShort(DEFLATED)
                .putShort((short) 0)
                .putShort(FIRST_DAY)
                .putInt(crc)
                .putInt(length)
                .putInt(size)
                .putShort((short) name)
                .putShort((short) 0)
                .array();
    }

    /// Writes the directory; nothing can be added afterwards.
    public void finish() throws IOException {
        long place = written;
        write(directory.toByteArray());
        write(little(22)
                .putInt(END)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(directory.size())
                .putInt((int) place)
                .putShort((short) 0)
                .array());
        out.flush();
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
