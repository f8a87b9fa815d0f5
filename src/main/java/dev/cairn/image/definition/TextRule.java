package dev.cairn.image.definition;

/// What a text has to look like. The check and the pattern of the schema say the same; a test compares them.
enum TextRule {
    /// Anything but NUL, which no environment and no argument can hold.
    ANY("^[^\\u0000]*$", "a text without NUL"),
    /// Not empty, on one line.
    LINE("^[^\\u0000-\\u001f\\u007f]+$", "a text on one line"),
    /// Not empty, without white space.
    WORD("^[^\\u0000-\\u0020\\u007f]+$", "a text without white space"),
    /// A path in the image, without `..`.
    PATH("^(?!.*(^|/)\\.\\.(/|$))[^\\u0000-\\u001f\\u007f]+$", "a path in the image without '..'"),
    /// An absolute path in the image, without `..`.
    ABSOLUTE("^(?!.*(^|/)\\.\\.(/|$))/[^\\u0000-\\u001f\\u007f]*$", "an absolute path without '..'"),
    /// The name of an account.
    ACCOUNT("^[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?$", "letters, digits, '_', '.' and '-'"),
    /// The name of an environment variable, as the OCI image configuration allows it.
    VARIABLE("^[^=\\u0000-\\u001f\\u007f]+$", "a name without '='"),
    /// A file name that is safe wherever it is put.
    FILE_NAME("^[A-Za-z0-9_-][A-Za-z0-9_.-]*$", "letters, digits, '_', '-' and, not in front, '.'"),
    /// A signal: `SIGTERM`, `TERM`, `15`, `SIGRTMIN+3`.
    SIGNAL("^[A-Z0-9]+([+-][0-9]+)?$", "a signal such as SIGTERM"),
    /// A key of os-release, in its own spelling or in lower case with dashes.
    RELEASE_KEY("^[A-Za-z][A-Za-z0-9_-]*$", "a key of os-release such as PRETTY_NAME"),
    /// A home directory, shell or field of passwd: no colon.
    FIELD("^[^:\\u0000-\\u001f\\u007f]*$", "a text without ':'"),
    /// PEM text.
    PEM("-----BEGIN [A-Z0-9 ]+-----", "a PEM block that starts with -----BEGIN");

    private final String pattern;
    private final String words;

    TextRule(String pattern, String words) {
        this.pattern = pattern;
        this.words = words;
    }

    /// The regular expression (ECMA 262) that the schema gives for it.
    String pattern() {
        return pattern;
    }

    /// What it allows, for a message.
    String words() {
        return words;
    }

    /// Whether `text` obeys the rule.
    boolean allows(String text) {
        return switch (this) {
            case ANY -> text.indexOf('\0') < 0;
            case LINE -> !text.isEmpty() && allAbove(text, 0x1f);
            case WORD -> !text.isEmpty() && allAbove(text, 0x20);
            case PATH -> !text.isEmpty() && allAbove(text, 0x1f) && !climbs(text);
            case ABSOLUTE -> text.startsWith("/") && allAbove(text, 0x1f) && !climbs(text);
            case ACCOUNT -> isAccount(text.endsWith("$") ? text.substring(0, text.length() - 1) : text);
            case VARIABLE -> !text.isEmpty() && allAbove(text, 0x1f) && text.indexOf('=') < 0;
            case FILE_NAME -> isName(text) && text.charAt(0) != '.';
            case SIGNAL -> isSignal(text);
            case RELEASE_KEY -> isReleaseKey(text);
            case FIELD -> allAbove(text, 0x1f) && text.indexOf(':') < 0;
            case PEM -> hasPemStart(text);
        };
    }

    private static boolean allAbove(String text, int floor) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= floor || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean climbs(String path) {
        return path.equals("..") || path.startsWith("../") || path.endsWith("/..") || path.contains("/../");
    }

    private static boolean isAccount(String text) {
        return isName(text) && text.charAt(0) != '.' && text.charAt(0) != '-';
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isSignal(String text) {
        int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
        String name = sign < 0 ? text : text.substring(0, sign);
        String offset = sign < 0 ? "0" : text.substring(sign + 1);
        return !name.isEmpty() && allUpper(name) && Scalars.isDigits(offset);
    }

    private static boolean allUpper(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) || c >= 'a') {
                return false;
            }
        }
        return true;
    }

    private static boolean isReleaseKey(String text) {
        return isName(text) && text.indexOf('.') < 0 && text.charAt(0) > '9' && text.charAt(0) != '_';
    }

    private static boolean hasPemStart(String text) {
        for (int at = text.indexOf("-----BEGIN "); at >= 0; at = text.indexOf("-----BEGIN ", at + 1)) {
            int end = text.indexOf("-----", at + 11);
            String label = end < 0 ? "" : text.substring(at + 11, end);
            if (!label.isEmpty() && allUpper(label.replace(' ', 'A'))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
