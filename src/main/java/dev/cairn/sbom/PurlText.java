package dev.cairn.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The text form of package URLs: what is cut where, and what is percent-encoded.
final class PurlText {
    private static final Set<String> LOWER_CASE = Set.of(
            "alpm", "apk", "bitbucket", "bitnami", "composer", "deb", "github", "gitlab", "hex", "npm", "oci", "pypi");
    private static final String HEX = "0123456789ABCDEF";

    private PurlText() {}

    static boolean isType(String type) {
        boolean valid = !type.isEmpty() && (type.charAt(0) < '0' || type.charAt(0) > '9');
        for (int i = 0; valid && i < type.length(); i++) {
            char c = type.charAt(i);
            valid = isLetterOrDigit(c) || c == '.' || c == '-' || c == '+';
        }
        return valid;
    }

    static String normalised(String type, String text) {
        return LOWER_CASE.contains(type) ? text.toLowerCase(Locale.ROOT) : text;
    }

    /// Reads what is behind `pkg:`.
    ///
    /// @throws IllegalArgumentException where it is no package URL
    static PackageUrl parse(String text) {
        String rest = text;
        String subpath = "";
        int hash = rest.lastIndexOf('#');
        if (hash >= 0) {
            subpath = path(rest.substring(hash + 1), true);
            rest = rest.substring(0, hash);
        }
        SortedMap<String, String> qualifiers = new TreeMap<>();
        int question = rest.lastIndexOf('?');
        if (question >= 0) {
            qualifiers = qualifiers(rest.substring(question + 1));
            rest = rest.substring(0, question);
        }
        int start = 0;
        while (start < rest.length() && rest.charAt(start) == '/') {
            start++;
        }
        int slash = rest.indexOf('/', start);
        if (slash < 0) {
            throw new IllegalArgumentException("it has no type");
        }
        String type = rest.substring(start, slash);
        return named(type, rest.substring(slash + 1), qualifiers, subpath);
    }

    private static PackageUrl named(String type, String text, SortedMap<String, String> qualifiers, String subpath) {
        String rest = text;
        String version = null;
        // The `@` of an npm scope, written plainly, is no version's.
        int at = rest.lastIndexOf('@');
        if (at > 0 && rest.charAt(at - 1) != '/') {
            version = decode(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        while (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        int slash = rest.lastIndexOf('/');
        String name = decode(rest.substring(slash + 1));
        String namespace = slash < 0 ? "" : path(rest.substring(0, slash), false);
        return new PackageUrl(type, namespace, name, version, qualifiers, subpath);
    }

    private static String path(String text, boolean withoutDots) {
        StringBuilder out = new StringBuilder();
        // Decoded first: a segment that hides a slash is two.
        for (String plain : decode(text).split("/", -1)) {
            boolean dots = withoutDots && (plain.equals(".") || plain.equals(".."));
            if (!plain.isEmpty() && !dots) {
                out.append(out.isEmpty() ? "" : "/").append(plain);
            }
        }
        return out.toString();
    }

    private static SortedMap<String, String> qualifiers(String text) {
        TreeMap<String, String> qualifiers = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (pair.isEmpty() || equals == pair.length() - 1) {
                continue;
            }
            if (equals <= 0) {
                throw new IllegalArgumentException("the qualifier '" + pair + "' has no value");
            }
            String key = pair.substring(0, equals).toLowerCase(Locale.ROOT);
            if (!isKey(key)) {
                throw new IllegalArgumentException("'" + key + "' is no qualifier's name");
            }
            if (qualifiers.put(key, decode(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("the qualifier '" + key + "' occurs twice");
            }
        }
        return qualifiers;
    }

    private static boolean isKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.write(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (low < 0) {
                throw new IllegalArgumentException("'" + text + "' is not percent-encoded well");
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return utf8(out.toByteArray());
    }

    private static String utf8(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }

    static void encodePath(StringBuilder out, String path) {
        encode(out, path, "/");
    }

    static void encode(StringBuilder out, String text) {
        encode(out, text, "");
    }

    /// A qualifier's value: like a query's, it keeps the `/` of addresses.
    static void encodeQualifier(StringBuilder out, String text) {
        encode(out, text, "/");
    }

    private static void encode(StringBuilder out, String text, String further) {
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (isLetterOrDigit(c) || "-._~:".indexOf(c) >= 0 || further.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
