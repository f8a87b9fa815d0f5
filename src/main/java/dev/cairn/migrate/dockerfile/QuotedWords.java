package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.MappedText;
import java.util.ArrayList;
import java.util.List;

/// Words with quotes, which stay in them: the arguments of `ENV`, `LABEL` and `ARG` (BuildKit's `parseWords`).
final class QuotedWords {
    private final MappedText line;
    private final String text;
    private final char escape;
    private final int end;
    private final StringBuilder value = new StringBuilder();
    private int at;

    QuotedWords(MappedText line, char escape, int from, int end) {
        this.line = line;
        this.text = line.text();
        this.escape = escape;
        this.at = from;
        this.end = end;
    }

    /// A word and where it is in the line.
    record Span(Word word, int start, int end) {}

    List<Span> read() {
        List<Span> words = new ArrayList<>();
        at = Blanks.skip(text, at, end);
        while (at < end) {
            int start = at;
            value.setLength(0);
            boolean quoted = word();
            if (quoted || !value.isEmpty()) {
                words.add(new Span(new Word(value.toString(), line.range(start, at)), start, at));
            }
            at = Blanks.skip(text, at, end);
        }
        return words;
    }

    /// Reads one word and tells whether a quote was in it.
    private boolean word() {
        boolean quoted = false;
        while (at < end && Blanks.skip(text, at, end) == at) {
            char c = text.charAt(at);
            if (c == escape) {
                escaped();
            } else {
                value.append(c);
                at++;
                if (c == '\'' || c == '"') {
                    quoted = true;
                    quote(c);
                }
            }
        }
        return quoted;
    }

    private void quote(char quote) {
        while (at < end) {
            char c = text.charAt(at);
            if (c == escape && quote != '\'') {
                escaped();
                continue;
            }
            value.append(c);
            at++;
            if (c == quote) {
                return;
            }
        }
    }

    /// An escape at the end is dropped; else it and the next character are kept as they are.
    private void escaped() {
        if (at + 1 < end) {
            value.append(text, at, at + 2);
        }
        at = Math.min(end, at + 2);
    }
}
