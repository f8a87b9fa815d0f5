package dev.cairn.image.definition;

import java.util.ArrayList;
import java.util.List;

/// Splits a command into words as a POSIX shell does (Shell Command Language, 2.2 "Quoting"), expanding nothing.
///
/// As in apko: white space separates, `'…'` keeps everything, `"…"` keeps everything but a backslash, which takes the
/// next character as it is, and a `#` in front of a word starts a comment.
final class CommandLine {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private int at;

    private CommandLine(String text) {
        this.text = text;
    }

    /// The words of `text`.
    ///
    /// @throws IllegalArgumentException for a quote that is not closed or a backslash at the end
    static List<String> split(String text) {
        CommandLine line = new CommandLine(text);
        line.words();
        return List.copyOf(line.words);
    }

    private void words() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                words.add(word());
            }
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !isSpace(text.charAt(at))) {
            char c = text.charAt(at++);
            switch (c) {
                case '\'' -> single(word);
                case '"' -> twofold(word);
                case '\\' -> word.append(escaped());
                default -> word.append(c);
            }
        }
        return word.toString();
    }

    private void single(StringBuilder word) {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw new IllegalArgumentException("the quote ' is not closed");
        }
        word.append(text, at, end);
        at = end + 1;
    }

    private void twofold(StringBuilder word) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            word.append(c == '\\' ? escaped() : c);
        }
        throw new IllegalArgumentException("the quote \" is not closed");
    }

    private char escaped() {
        if (at == text.length()) {
            throw new IllegalArgumentException("nothing follows the backslash at the end");
        }
        return text.charAt(at++);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
