package dev.cairn.image.layer;

import java.security.MessageDigest;
import java.util.HexFormat;

/// The SHA-1 of a file's content, as apk's installed database records it (`Z:Q1…`), held without an array.
///
/// It tells equal files apart from different ones between packages whose bytes have been checked against a signed
/// SHA-256 already; it is not what trust rests on.
public record ContentId(long high, long middle, int low) {
    /// Of an entry without content.
    public static final ContentId NONE = new ContentId(0, 0, 0);

    static ContentId of(MessageDigest sha1) {
        return of(sha1.digest());
    }

    static ContentId of(byte[] hash) {
        return new ContentId(number(hash, 0, 8), number(hash, 8, 8), (int) number(hash, 16, 4));
    }

    private static long number(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    /// The 20 bytes of the hash.
    public byte[] bytes() {
        byte[] bytes = new byte[20];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (high >>> (56 - 8 * i));
            bytes[8 + i] = (byte) (middle >>> (56 - 8 * i));
        }
        for (int i = 0; i < 4; i++) {
            bytes[16 + i] = (byte) (low >>> (24 - 8 * i));
        }
        return bytes;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
