package dev.cairn.keys;

import java.io.ByteArrayOutputStream;

/// The elliptic-curve private key of SEC 1 (RFC 5915), as `openssl ecparam -genkey` writes it, put into PKCS #8.
final class Sec1 {
    private static final byte[] EC_PUBLIC_KEY = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;

    private Sec1() {}

    static byte[] toPkcs8(byte[] sec1, String name) {
        ByteArrayOutputStream algorithm = new ByteArrayOutputStream();
        algorithm.writeBytes(EC_PUBLIC_KEY);
        algorithm.writeBytes(curve(sec1, name));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {2, 1, 0});
        out.writeBytes(element(SEQUENCE, algorithm.toByteArray()));
        out.writeBytes(element(OCTETS, sec1));
        return element(SEQUENCE, out.toByteArray());
    }

    /// The object identifier of the curve: the content of `[0]`, behind the version and the key itself.
    private static byte[] curve(byte[] sec1, String name) {
        try {
            int at = content(sec1, 0);
            while (at < sec1.length) {
                int start = content(sec1, at);
                int end = start + length(sec1, at);
                if ((sec1[at] & 0xff) == CURVE) {
                    return java.util.Arrays.copyOfRange(sec1, start, end);
                }
                at = end;
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            // Cut off.
        }
        throw new KeyException(KeyException.Code.MALFORMED, "key " + name + " does not name its curve");
    }

    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length < 0 || length > der.length ? der.length : length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
