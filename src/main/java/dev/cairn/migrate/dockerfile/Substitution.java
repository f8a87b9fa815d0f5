package dev.cairn.migrate.dockerfile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the values of `ARG`s into a word: `$A`, `${A}`, `${A:-word}`, `${A-word}`, `${A:+word}`, `${A+word}`.
public final class Substitution {
    private static final int DEEPEST = 20;

    private final Map<String, String> values;
    private final String text;
    private int at;
    private int depth;

    private Substitution(String text, Map<String, String> values) {
        this.text = text;
        this.values = values;
    }

    /// The word with its variables replaced and its quotes gone; null where one has no known value or the word is
    /// anything else.
    public static @Nullable String apply(String word, Map<String, String> values) {
        Substitution substitution = new Substitution(word, values);
        String result = substitution.until('\0');
        return substitution.at < word.length() ? null : result;
    }

    private @Nullable String until(char stop) {
        StringBuilder result = new StringBuilder();
        while (at < text.length() && text.charAt(at) != stop) {
            char c = text.charAt(at++);
            if (c == '$') {
                String value = variable();
                if (value == null) {
                    return null;
                }
                result.append(value);
            } else if (c == '\\') {
                return null;
            } else if (c != '"' && c != '\'') {
                result.append(c);
            }
        }
        return result.toString();
    }

    private @Nullable String variable() {
        boolean braces = at < text.length() && text.charAt(at) == '{';
        at += braces ? 1 : 0;
        int start = at;
        while (at < text.length() && isNameChar(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        String value = values.get(name);
        if (!braces || name.isEmpty()) {
            return name.isEmpty() ? null : value;
        }
        char c = at < text.length() ? text.charAt(at++) : '\0';
        if (c == '}') {
            return value;
        }
        boolean colon = c == ':';
        if (colon) {
            c = at < text.length() ? text.charAt(at++) : '\0';
        }
        if ((c != '-' && c != '+') || ++depth > DEEPEST) {
            return null;
        }
        return conditional(value, colon, c == '-');
    }

    private @Nullable String conditional(@Nullable String value, boolean emptyIsUnset, boolean fallback) {
        String word = until('}');
        if (word == null || at >= text.length()) {
            return null;
        }
        at++;
        boolean set = value != null && !(emptyIsUnset && value.isEmpty());
        if (fallback) {
            return set ? value : word;
        }
        return set ? word : "";
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
