package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The fields of a 512-byte tar header block: text, octal and base-256 numbers, and the checksum.
final class TarField {
    static final int BLOCK = 512;
    private static final int CHECKSUM_START = 148;
    private static final int CHECKSUM_END = 156;

    private TarField() {}

    /// Text up to the first NUL or the field's end; must be UTF-8.
    static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return utf8(block, offset, end - offset);
    }

    static String utf8(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return decode(bytes, offset, length);
            }
        }
        return new String(bytes, offset, length, StandardCharsets.US_ASCII);
    }

    private static String decode(byte[] bytes, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            String readable = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            throw new ArchiveException(
                    Code.UNSUPPORTED, "tar: a name or attribute is not UTF-8: " + TarPath.quote(readable));
        }
    }

    /// An octal number, or GNU's base-256 form where the first bit is set. An empty field is 0.
    static long number(byte[] block, int offset, int length, String what) {
        if (block[offset] < 0) {
            return base256(block, offset, length, what);
        }
        int i = offset;
        int end = offset + length;
        while (i < end && block[i] == ' ') {
            i++;
        }
        long value = 0;
        while (i < end && block[i] >= '0' && block[i] <= '7') {
            value = value * 8 + (block[i] - '0');
            i++;
        }
        while (i < end) {
            if (block[i] != 0 && block[i] != ' ') {
                throw new ArchiveException(Code.MALFORMED, "tar: the field " + what + " is not an octal number");
            }
            i++;
        }
        return value;
    }

    private static long base256(byte[] block, int offset, int length, String what) {
        boolean negative = (block[offset] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = offset; i < offset + length; i++) {
            // The first byte gives six bits: its top two are the marker and the sign.
            int bits = i == offset ? (negative ? block[i] | 0x80 : block[i] & 0x3f) & 0xff : block[i] & 0xff;
            if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                throw new ArchiveException(Code.MALFORMED, "tar: the field " + what + " is out of range");
            }
            value = value << 8 | bits;
        }
        return value;
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /// The sum of the block's bytes, its checksum field taken as spaces.
    static int checksum(byte[] block) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM_START && i < CHECKSUM_END ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    static void verifyChecksum(byte[] block, long offset) {
        long stated = number(block, CHECKSUM_START, 8, "checksum");
        int actual = checksum(block);
        if (stated != actual) {
            throw new ArchiveException(
                    Code.CHECKSUM,
                    "tar: header at offset " + offset + " has checksum " + actual + ", it states " + stated);
        }
    }
}
