package dev.cairn.keys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// OpenPGP's ASCII armour (RFC 9580 section 6.2). The checksum line is skipped, as section 6.1 asks.
final class Armor {
    private static final String BEGIN = "-----BEGIN PGP ";

    private Armor() {}

    /// Whether `bytes` look like text with an armoured block rather than like binary packets.
    static boolean isArmored(byte[] bytes) {
        // A packet's first octet has its top bit set (RFC 9580 section 4.2); armour and text around it never do.
        return bytes.length > 0 && bytes[0] >= 0;
    }

    /// The bytes of all blocks called `label` in `bytes`, one after another; anything around them is ignored.
    static byte[] decodeAll(byte[] bytes, String label, String what) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 3 / 4);
        String begin = BEGIN + label + "-----";
        int at = text.indexOf(begin);
        if (at < 0) {
            throw malformed(what + " has no '" + begin + "' line");
        }
        while (at >= 0) {
            int end = decodeBlock(text, at + begin.length(), "-----END PGP " + label + "-----", out, what);
            at = text.indexOf(begin, end);
        }
        return out.toByteArray();
    }

    private static int decodeBlock(String text, int from, String endLine, ByteArrayOutputStream out, String what) {
        int end = text.indexOf(endLine, from);
        if (end < 0) {
            throw malformed(what + " is cut off: no '" + endLine + "' line");
        }
        StringBuilder digits = new StringBuilder(end - from);
        boolean headers = true;
        for (String line : text.substring(from, end).split("\n", -1)) {
            String trimmed = line.strip();
            if (headers && trimmed.indexOf(':') >= 0) {
                continue;
            }
            headers = headers && digits.isEmpty();
            if (!trimmed.startsWith("=")) {
                digits.append(trimmed);
            }
        }
        try {
            out.writeBytes(Base64.getDecoder().decode(digits.toString()));
        } catch (IllegalArgumentException e) {
            throw new KeyException(KeyException.Code.MALFORMED, what + " is not base64 inside its armour", e);
        }
        return end + endLine.length();
    }

    private static KeyException malformed(String message) {
        return new KeyException(KeyException.Code.MALFORMED, message);
    }
}
