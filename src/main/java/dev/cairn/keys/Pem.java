package dev.cairn.keys;

import java.util.Base64;

/// One PEM block (RFC 7468): its label and its bytes. Text before and after the block is ignored.
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private final String label;
    private final byte[] bytes;

    private Pem(String label, byte[] bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    String label() {
        return label;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Reads the first block of `text`; `name` is what messages call it.
    static Pem parse(String text, String name) {
        int begin = text.indexOf(BEGIN);
        int labelEnd = begin < 0 ? -1 : text.indexOf(DASHES, begin + BEGIN.length());
        if (labelEnd < 0) {
            throw new KeyException(KeyException.Code.MALFORMED, name + " is no PEM file: no -----BEGIN line");
        }
        String label = text.substring(begin + BEGIN.length(), labelEnd);
        int end = text.indexOf("-----END " + label + DASHES, labelEnd);
        if (end < 0) {
            throw new KeyException(
                    KeyException.Code.MALFORMED, name + " is cut off: no -----END " + label + "----- line");
        }
        return new Pem(label, decode(text.substring(labelEnd + DASHES.length(), end), name));
    }

    /// The block as text, 64 digits a line.
    static String print(String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return BEGIN + label + DASHES + "\n" + body + "\n-----END " + label + DASHES + "\n";
    }

    private static byte[] decode(String base64, String name) {
        StringBuilder digits = new StringBuilder(base64.length());
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
                digits.append(c);
            }
        }
        try {
            return Base64.getDecoder().decode(digits.toString());
        } catch (IllegalArgumentException e) {
            throw new KeyException(KeyException.Code.MALFORMED, name + " is not base64 between its PEM lines", e);
        }
    }
}
