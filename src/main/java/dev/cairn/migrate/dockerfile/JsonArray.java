package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.MappedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON array of strings, the exec form of an instruction. Go's `encoding/json` is what decides.
final class JsonArray {
    private static final int DEEPEST = 10_000;

    private final MappedText line;
    private final String text;
    private int at;
    private int end;

    private JsonArray(MappedText line) {
        this.line = line;
        this.text = line.text();
    }

    /// The strings; null when it is no valid JSON array, in which case the text is meant for the shell.
    ///
    /// @throws DockerfileReader.Problem when it is an array of other things
    static @Nullable List<Word> read(MappedText line, int from, int to) throws DockerfileReader.Problem {
        JsonArray array = new JsonArray(line);
        array.at = Blanks.skip(line.text(), from, to);
        array.end = to;
        return array.at < to && line.text().charAt(array.at) == '[' ? array.words() : null;
    }

    private @Nullable List<Word> words() throws DockerfileReader.Problem {
        List<Word> words = new ArrayList<>();
        boolean others = false;
        at++;
        space();
        if (peek() == ']') {
            at++;
        } else {
            while (true) {
                space();
                int start = at;
                String value = peek() == '"' ? string() : null;
                if (value != null) {
                    words.add(new Word(value, line.range(start, at)));
                } else if (at != start || !skipValue()) {
                    return null;
                } else {
                    others = true;
                }
                space();
                char c = peek();
                at++;
                if (c == ']') {
                    break;
                }
                if (c != ',') {
                    return null;
                }
            }
        }
        space();
        if (at < end) {
            return null;
        }
        if (others) {
            throw new DockerfileReader.Problem(
                    "when using JSON array syntax, arrays must be comprised of strings only");
        }
        return words;
    }

    private char peek() {
        return at < end ? text.charAt(at) : '\0';
    }

    private void space() {
        while (at < end && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) {
            at++;
        }
    }

    /// The string at the quote; null when it is broken.
    private @Nullable String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < end) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                return null;
            }
            if (c != '\\') {
                value.append(c);
            } else if (!escaped(value)) {
                return null;
            }
        }
        return null;
    }

    private boolean escaped(StringBuilder value) {
        char c = peek();
        at++;
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            value.append("\"\\/\b\f\n\r\t".charAt(simple));
            return true;
        }
        if (c != 'u' || at + 4 > end) {
            return false;
        }
        int unit = hex();
        if (unit < 0) {
            return false;
        }
        char high = (char) unit;
        int mark = at;
        if (Character.isHighSurrogate(high) && text.startsWith("\\u", at) && at + 6 <= end) {
            at += 2;
            int low = hex();
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                utf8(value, Character.toCodePoint(high, (char) low));
                return true;
            }
            at = mark;
        }
        utf8(value, Character.isSurrogate(high) ? 0xfffd : unit);
        return true;
    }

    private int hex() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(at + i), 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        at += 4;
        return unit;
    }

    /// Text here is one char per byte.
    private static void utf8(StringBuilder value, int point) {
        value.append(dev.cairn.migrate.SourceText.chars(Character.toString(point)));
    }

    /// Skips a value that is no string at the top: enough grammar to know whether it is JSON at all.
    private boolean skipValue() {
        StringBuilder open = new StringBuilder();
        do {
            space();
            char c = peek();
            if (c == '[' || c == '{') {
                at++;
                open.append(c);
                space();
                if (open.length() > DEEPEST) {
                    return false;
                }
                if (peek() != (c == '[' ? ']' : '}')) {
                    if (c == '{' && !key()) {
                        return false;
                    }
                    continue;
                }
            } else if (c == '"' ? string() == null : !scalar()) {
                return false;
            }
            if (!close(open)) {
                return false;
            }
        } while (!open.isEmpty());
        return true;
    }

    /// Behind a value: closes what ends here, or goes on to the next value.
    private boolean close(StringBuilder open) {
        while (!open.isEmpty()) {
            space();
            char c = peek();
            boolean inObject = open.charAt(open.length() - 1) == '{';
            at++;
            if (c == (inObject ? '}' : ']')) {
                open.setLength(open.length() - 1);
            } else {
                return c == ',' && (!inObject || key());
            }
        }
        return true;
    }

    private boolean key() {
        space();
        if (peek() != '"' || string() == null) {
            return false;
        }
        space();
        return peek() == ':' && at++ < end;
    }

    private boolean scalar() {
        for (String word : List.of("true", "false", "null")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return at <= end;
            }
        }
        return number();
    }

    private boolean number() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > start;
    }
}
