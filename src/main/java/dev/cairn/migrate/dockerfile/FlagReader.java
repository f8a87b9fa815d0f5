package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.MappedText;
import java.util.ArrayList;
import java.util.List;

/// The `--flag` words directly behind a keyword (BuildKit's `extractBuilderFlags`). A lone `--` ends them.
final class FlagReader {
    private final MappedText line;
    private final String text;
    private final char escape;
    private final int end;
    private final List<Word> flags = new ArrayList<>();
    private int at;

    FlagReader(MappedText line, char escape, int from, int end) {
        this.line = line;
        this.text = line.text();
        this.escape = escape;
        this.at = from;
        this.end = end;
    }

    List<Word> flags() {
        return flags;
    }

    /// Reads them and returns where the rest starts.
    int read() {
        while (true) {
            while (at < end && isSpace(text.charAt(at))) {
                at++;
            }
            if (!text.startsWith("--", at) || at + 1 >= end) {
                return at;
            }
            int start = at;
            boolean[] quoted = new boolean[1];
            String value = word(quoted);
            if (value.equals("--")) {
                return at;
            }
            if (quoted[0] || !value.isEmpty()) {
                flags.add(new Word(value, line.range(start, at)));
            }
        }
    }

    private String word(boolean[] quoted) {
        StringBuilder value = new StringBuilder();
        char quote = '\0';
        while (at < end) {
            char c = text.charAt(at);
            if (quote == '\0' && isSpace(c)) {
                break;
            }
            at++;
            if (quote == '\0' && (c == '\'' || c == '"')) {
                quote = c;
                quoted[0] = true;
            } else if (c == quote) {
                quote = '\0';
            } else if (c != escape) {
                value.append(c);
            } else if (at < end) {
                value.append(text.charAt(at++));
            }
        }
        return value.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
