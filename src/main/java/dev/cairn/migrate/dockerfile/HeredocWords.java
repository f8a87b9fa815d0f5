package dev.cairn.migrate.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the here-documents that a logical line opens, as BuildKit does: it cuts the line into words with its own
/// lexer, then looks at each word for `<<NAME`.
final class HeredocWords {
    private HeredocWords() {}

    /// `<<NAME`, `<<-NAME`, `<<"NAME"`.
    record Opening(String name, boolean expand, boolean chomp) {}

    /// The here-documents; null when a word behind `<<` cannot be read.
    static @Nullable List<Opening> of(String line) {
        List<String> words = new Lexer(line, true, true).words();
        List<Opening> openings = new ArrayList<>();
        for (String word : words == null ? List.<String>of() : words) {
            int digits = 0;
            while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
                digits++;
            }
            if (!word.startsWith("<<", digits) || word.indexOf('<', digits + 2) >= 0) {
                continue;
            }
            int at = digits + 2;
            boolean chomp = word.startsWith("-", at);
            at = Blanks.skip(word, chomp ? at + 1 : at, word.length());
            String rest = word.substring(at);
            List<String> plain = new Lexer(rest, false, false).words();
            List<String> quoted = new Lexer(rest, true, false).words();
            if (plain == null || quoted == null) {
                return null;
            }
            if (plain.size() == 1 && quoted.size() == 1) {
                openings.add(
                        new Opening(plain.getFirst(), quotes(plain.getFirst()) == quotes(quoted.getFirst()), chomp));
            }
        }
        return openings;
    }

    private static long quotes(String word) {
        return word.chars().filter(c -> c == '\'' || c == '"').count();
    }

    /// BuildKit's `shell.Lex` with no variable set and unset ones left as they are.
    private static final class Lexer {
        private static final int DEEPEST = 200;

        private final String text;
        private final boolean rawQuotes;
        private final boolean rawEscapes;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private int at;
        private int depth;
        private boolean broken;

        Lexer(String text, boolean rawQuotes, boolean rawEscapes) {
            this.text = text;
            this.rawQuotes = rawQuotes;
            this.rawEscapes = rawEscapes;
        }

        /// The words; null where the text is no valid list of words.
        @Nullable
        List<String> words() {
            while (at < text.length() && !broken) {
                char c = text.charAt(at);
                if (c == '\\') {
                    at++;
                    if (rawEscapes) {
                        word.append(c);
                    }
                    if (at < text.length()) {
                        word.append(text.charAt(at++));
                    }
                } else if (c == '$' || c == '\'' || c == '"' || c == '<') {
                    word.append(special(c));
                } else {
                    at++;
                    if (Blanks.skip(text, at - 1, at) == at) {
                        finish();
                    } else {
                        word.append(c);
                    }
                }
            }
            finish();
            return broken ? null : words;
        }

        private void finish() {
            if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }

        private String special(char c) {
            return switch (c) {
                case '$' -> dollar();
                case '\'' -> single();
                case '"' -> twice();
                default -> less();
            };
        }

        private String less() {
            if (!text.startsWith("<<", at)) {
                at++;
                return "<";
            }
            int start = at;
            at += 2;
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
            return text.substring(start, at);
        }

        private String single() {
            int close = text.indexOf('\'', at + 1);
            if (close < 0) {
                return fail();
            }
            String inner = rawQuotes ? text.substring(at, close + 1) : text.substring(at + 1, close);
            at = close + 1;
            return inner;
        }

        private String twice() {
            StringBuilder result = new StringBuilder(rawQuotes ? "\"" : "");
            at++;
            while (at < text.length() && !broken) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return (rawQuotes ? result.append(c) : result).toString();
                }
                if (c == '$') {
                    result.append(dollar());
                    continue;
                }
                at++;
                if (c == '\\') {
                    escapedInQuotes(result);
                } else {
                    result.append(c);
                }
            }
            return fail();
        }

        private void escapedInQuotes(StringBuilder result) {
            if (rawEscapes) {
                result.append('\\');
            }
            if (at < text.length()) {
                char next = text.charAt(at);
                boolean special = next == '"' || next == '$' || next == '\\';
                result.append(special ? next : '\\');
                at += special ? 1 : 0;
            }
        }

        private String dollar() {
            int start = at++;
            if (at >= text.length() || text.charAt(at) != '{') {
                name();
                return text.substring(start, at);
            }
            at++;
            if (at >= text.length() || "{}:".indexOf(text.charAt(at)) >= 0) {
                return fail();
            }
            name();
            char c = at < text.length() ? text.charAt(at++) : '\0';
            if (c == '}') {
                return text.substring(start, at);
            }
            boolean colon = c == ':';
            if (colon) {
                c = at < text.length() ? text.charAt(at++) : '\0';
            }
            boolean pattern = !colon && (c == '#' || c == '%' || c == '/');
            if (!pattern && c != '+' && c != '-' && c != '?') {
                return fail();
            }
            String head = text.substring(start, at);
            if (c == '/') {
                boolean all = at < text.length() && text.charAt(at) == '/';
                at += all ? 1 : 0;
                head += (all ? "/" : "") + until('/', true) + "/";
            }
            return head + until('}', pattern) + "}";
        }

        /// The text up to `stop`, which is passed.
        private String until(char stop, boolean raw) {
            StringBuilder result = new StringBuilder();
            if (++depth > DEEPEST) {
                return fail();
            }
            while (at < text.length() && !broken) {
                char c = text.charAt(at);
                if (c == stop) {
                    at++;
                    depth--;
                    return result.toString();
                }
                if (c == '$' || c == '\'' || c == '"' || c == '<') {
                    result.append(special(c));
                    continue;
                }
                at++;
                if (c == '\\') {
                    if (raw) {
                        result.append(c);
                    }
                    if (at < text.length()) {
                        result.append(text.charAt(at++));
                    }
                } else {
                    result.append(c);
                }
            }
            return fail();
        }

        private void name() {
            if (at < text.length() && "@*#?-$!0".indexOf(text.charAt(at)) >= 0) {
                at++;
                return;
            }
            boolean number = at < text.length() && isDigit(text.charAt(at));
            while (at < text.length() && (isDigit(text.charAt(at)) || (!number && isLetter(text.charAt(at))))) {
                at++;
            }
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isLetter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
        }

        private String fail() {
            broken = true;
            return "";
        }
    }
}
