package dev.cairn.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The name by which OpenSSL finds a certificate in a folder (`openssl x509 -subject_hash`, OpenSSL 1.0.0 and later):
/// the first four bytes, last one first, of the SHA-1 of the subject in canonical form. There, text values are UTF-8,
/// in
/// lower case (ASCII letters only), without white space at their ends and with single blanks inside; the outer sequence
/// is left away.
final class SubjectHash {
    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xa0;
    private static final int UTF8_STRING = 12;
    private static final int PRINTABLE_STRING = 19;
    private static final int TELETEX_STRING = 20;
    private static final int IA5_STRING = 22;
    private static final int VISIBLE_STRING = 26;
    private static final int UNIVERSAL_STRING = 28;
    private static final int BMP_STRING = 30;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private final byte[] der;
    private int position;

    private SubjectHash(byte[] der) {
        this.der = der;
    }

    /// The hash of a PEM certificate, eight hexadecimal digits; empty for what is no certificate.
    static Optional<String> of(byte[] pem) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = begin < 0 ? -1 : text.indexOf("-----END", begin);
        if (end < 0) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(new SubjectHash(der).subject());
            return Optional.of(HexFormat.of().formatHex(new byte[] {sha1[3], sha1[2], sha1[1], sha1[0]}));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// The canonical subject: the third sequence behind the serial number (RFC 5280, 4.1).
    private byte[] subject() {
        enter(SEQUENCE);
        enter(SEQUENCE);
        if (der[position] == (byte) VERSION) {
            skip();
        }
        for (int i = 0; i < 4; i++) {
            skip();
        }
        int end = enter(SEQUENCE);
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        while (position < end) {
            names.writeBytes(relativeName());
        }
        return names.toByteArray();
    }

    /// One SET of attributes; its members keep their order, which for one member, as nearly always, is no question.
    private byte[] relativeName() {
        int end = enter(0x31);
        ByteArrayOutputStream set = new ByteArrayOutputStream();
        while (position < end) {
            int last = enter(SEQUENCE);
            int start = position;
            skip();
            byte[] type = Arrays.copyOfRange(der, start, position);
            ByteArrayOutputStream attribute = new ByteArrayOutputStream();
            attribute.writeBytes(type);
            attribute.writeBytes(value());
            if (position != last) {
                throw new IllegalArgumentException("an attribute has more than a type and a value");
            }
            set.writeBytes(element(SEQUENCE, attribute.toByteArray()));
        }
        return element(0x31, set.toByteArray());
    }

    private byte[] value() {
        int start = position;
        int tag = der[position] & 0xff;
        Optional<Charset> charset = charset(tag);
        int end = header();
        byte[] content = Arrays.copyOfRange(der, position, end);
        position = end;
        return charset.map(each ->
                        element(UTF8_STRING, folded(new String(content, each)).getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> Arrays.copyOfRange(der, start, end));
    }

    private static Optional<Charset> charset(int tag) {
        return switch (tag) {
            case UTF8_STRING -> Optional.of(StandardCharsets.UTF_8);
            case PRINTABLE_STRING, TELETEX_STRING, IA5_STRING, VISIBLE_STRING ->
                Optional.of(StandardCharsets.ISO_8859_1);
            case BMP_STRING -> Optional.of(StandardCharsets.UTF_16BE);
            case UNIVERSAL_STRING -> Optional.of(Charset.forName("UTF-32BE"));
            default -> Optional.empty();
        };
    }

    private static String folded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else {
                out.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
            }
        }
        int end = out.length();
        return end > 0 && out.charAt(end - 1) == ' ' ? out.substring(0, end - 1) : out.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /// Goes into an element of this tag; where it ends.
    private int enter(int tag) {
        if ((der[position] & 0xff) != tag) {
            throw new IllegalArgumentException("not a certificate");
        }
        return header();
    }

    private void skip() {
        position = header();
    }

    /// Reads tag and length; where the content that begins now ends.
    private int header() {
        position++;
        int length = der[position++] & 0xff;
        if (length > 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = Math.addExact(Math.multiplyExact(length, 256), der[position++] & 0xff);
            }
        }
        if (length > der.length - position) {
            throw new IllegalArgumentException("an element is cut off");
        }
        return position + length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
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
