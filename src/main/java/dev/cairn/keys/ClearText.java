package dev.cairn.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cleartext signature framework (RFC 9580 section 7), read strictly: nothing before the message, nothing after
/// its signature, no header but `Hash:`, so that every line a reader sees is one that was signed.
///
/// `text` is what readers get; `signed` is what the hash runs over: the same lines, joined by CR LF.
final class ClearText {
    static final int MAX_SIGNATURES_LENGTH = 64 * 1024;
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String SIGNATURE_END = "-----END PGP SIGNATURE-----";

    private final String text;
    private final byte[] signed;
    private final byte[] signatures;

    private ClearText(String text, byte[] signed, byte[] signatures) {
        this.text = text;
        this.signed = signed;
        this.signatures = signatures;
    }

    String text() {
        return text;
    }

    byte[] signed() {
        return signed;
    }

    byte[] signatures() {
        return signatures;
    }

    static ClearText parse(byte[] message) {
        String whole = new String(message, StandardCharsets.ISO_8859_1);
        Lines lines = new Lines(whole);
        if (!BEGIN.equals(lines.next())) {
            throw malformed("the message is not clear-signed: it does not start with '" + BEGIN + "'");
        }
        skipHeaders(lines);
        List<String> signed = signedLines(lines);
        byte[] signatures = signatures(whole, lines);
        String text = signed.isEmpty() ? "" : String.join("\n", signed) + "\n";
        return new ClearText(
                new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
                String.join("\r\n", signed).getBytes(StandardCharsets.ISO_8859_1),
                signatures);
    }

    private static void skipHeaders(Lines lines) {
        String line = lines.next();
        while (line != null && !line.isEmpty()) {
            if (!line.startsWith("Hash: ")) {
                throw malformed("the signed message has a header other than Hash: '" + shorten(line) + "'");
            }
            line = lines.next();
        }
    }

    private static List<String> signedLines(Lines lines) {
        List<String> signed = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.equals(SIGNATURE)) {
                return signed;
            }
            if (line.startsWith("- ")) {
                signed.add(line.substring(2));
            } else if (line.startsWith("-")) {
                throw malformed("line " + lines.number + " of the signed message starts with an unescaped '-'");
            } else {
                signed.add(line);
            }
        }
        throw malformed("the signed message is cut off: no '" + SIGNATURE + "' line");
    }

    private static byte[] signatures(String whole, Lines lines) {
        int start = lines.lineStart;
        if (whole.length() - start > MAX_SIGNATURES_LENGTH) {
            throw malformed("the message's signature is longer than " + MAX_SIGNATURES_LENGTH + " bytes");
        }
        String block = whole.substring(start);
        int end = block.indexOf(SIGNATURE_END);
        if (end < 0) {
            throw malformed("the signed message is cut off: no '" + SIGNATURE_END + "' line");
        }
        if (!block.substring(end + SIGNATURE_END.length()).isBlank()) {
            throw malformed("the signed message goes on after its signature");
        }
        return Armor.decodeAll(block.getBytes(StandardCharsets.ISO_8859_1), "SIGNATURE", "the message's signature");
    }

    private static String shorten(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    private static KeyException malformed(String message) {
        return new KeyException(KeyException.Code.MALFORMED, message);
    }

    /// Lines without their ends and without trailing blanks, which are no part of what is signed.
    private static final class Lines {
        private final String text;
        private int at;
        private int lineStart;
        private int number;

        Lines(String text) {
            this.text = text;
        }

        @Nullable
        String next() {
            if (at >= text.length()) {
                return null;
            }
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            lineStart = at;
            number++;
            at = end + 1;
            while (end > lineStart && isBlank(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(lineStart, end);
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\r';
        }
    }
}
