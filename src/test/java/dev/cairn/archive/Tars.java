package dev.cairn.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Tar blocks made by hand, for what no decent writer would write.
final class Tars {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A header with a valid checksum; `content` follows it, padded.
    Tars entry(String name, char flag, String link, byte[] content) {
        return entry(name, flag, link, octal(content.length), content);
    }

    Tars entry(String name, char flag, String link, byte[] size, byte[] content) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        System.arraycopy(size, 0, block, 124, size.length);
        put(block, 136, "00000000000");
        block[156] = (byte) flag;
        put(block, 157, link);
        put(block, 257, "ustar\00000");
        int sum = TarField.checksum(block);
        put(block, 148, String.format(java.util.Locale.ROOT, "%06o", sum) + "\0 ");
        out.writeBytes(block);
        return raw(content).raw(new byte[-content.length & 511]);
    }

    Tars file(String name) {
        return entry(name, '0', "", new byte[0]);
    }

    Tars directory(String name) {
        return entry(name, '5', "", new byte[0]);
    }

    /// A PAX header of these `key=value` records.
    Tars pax(char flag, String... records) {
        StringBuilder data = new StringBuilder();
        for (String record : records) {
            int length = record.getBytes(StandardCharsets.UTF_8).length + 2;
            int total = length + Integer.toString(length).length();
            total = length + Integer.toString(total).length();
            data.append(total).append(' ').append(record).append('\n');
        }
        return entry("pax", flag, "", data.toString().getBytes(StandardCharsets.UTF_8));
    }

    Tars end() {
        return raw(new byte[1024]);
    }

    Tars raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static byte[] octal(long value) {
        return String.format(java.util.Locale.ROOT, "%011o", value).getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
