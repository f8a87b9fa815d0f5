package dev.cairn.migrate.dockerfile;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parser directives: `# syntax=`, `# escape=` and `# check=` in the first lines, each once, before anything else.
final class Directives {
    private static final Set<String> NAMES = Set.of("syntax", "escape", "check");

    private final Set<String> seen = new HashSet<>();
    private boolean over;
    private char escape = '\\';

    /// The character that continues lines.
    char escape() {
        return escape;
    }

    /// Looks at a line, without its newline; says what is wrong with it, if anything is.
    @Nullable
    String line(String text, int start, int end) {
        if (over) {
            return null;
        }
        over = true;
        if (start >= end || text.charAt(start) != '#') {
            return null;
        }
        int name = Blanks.skip(text, start + 1, end);
        int i = name;
        while (i < end && isNameChar(text.charAt(i), i > name)) {
            i++;
        }
        String key = text.substring(name, i).toLowerCase(Locale.ROOT);
        int equals = skipAscii(text, i, end);
        if (!NAMES.contains(key) || equals >= end || text.charAt(equals) != '=') {
            return null;
        }
        return directive(key, text, skipAscii(text, equals + 1, end), end);
    }

    private @Nullable String directive(String key, String text, int from, int end) {
        int to = end;
        while (to > from && isAsciiSpace(text.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return null;
        }
        if (!seen.add(key)) {
            return "only one " + key + " parser directive can be used";
        }
        over = false;
        if (!key.equals("escape")) {
            return null;
        }
        String value = text.substring(from, to);
        if (!value.equals("`") && !value.equals("\\")) {
            return "invalid escape token '" + value + "' does not match ` or \\";
        }
        escape = value.charAt(0);
        return null;
    }

    private static boolean isNameChar(char c, boolean digits) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (digits && c >= '0' && c <= '9');
    }

    private static int skipAscii(String text, int from, int end) {
        int i = from;
        while (i < end && isAsciiSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isAsciiSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
