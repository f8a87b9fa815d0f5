package dev.cairn.packages.deb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cuts a shell script into simple commands and words (POSIX.1-2017 XCU 2.3), as far as the reading of declarations
/// needs it: quotes, escapes, comments, `$name` and `${name}`. Any other expansion makes its word unknown.
final class ScriptWords {
    /// A longer value is not known: doubling a variable in a loop would fill the memory.
    private static final int LONGEST = 1 << 16;

    private static final String SEPARATORS = ";&|()\n";

    private final String script;
    private final List<List<Word>> commands = new ArrayList<>();
    private List<Word> command = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean quoted;
    private boolean unknown;
    private int position;

    /// @param script text without NUL
    ScriptWords(String script) {
        this.script = script;
    }

    /// A word; variables stand in it as `\0name\0`.
    ///
    /// @param raw the text with its variables marked
    /// @param quoted whether any part of it is quoted: its value is not split
    /// @param unknown whether something in it can only be known by running the script
    record Word(String raw, boolean quoted, boolean unknown) {
        boolean is(String keyword) {
            return !quoted && !unknown && raw.equals(keyword);
        }

        String text() {
            return raw;
        }

        boolean hasVariables() {
            return raw.indexOf('\0') >= 0;
        }

        /// Whether it is `name=value`.
        boolean assigns() {
            int equals = raw.indexOf('=');
            return equals > 0
                    && raw.substring(0, equals).chars().allMatch(ScriptWords::isNamePart)
                    && !Character.isDigit(raw.charAt(0));
        }

        /// Its value, when all that is in it is known.
        Optional<String> expand(Map<String, String> variables) {
            if (unknown) {
                return Optional.empty();
            }
            StringBuilder out = new StringBuilder();
            int start = 0;
            for (int mark = raw.indexOf('\0'); mark >= 0; mark = raw.indexOf('\0', start)) {
                int end = raw.indexOf('\0', mark + 1);
                String value = variables.get(raw.substring(mark + 1, end));
                if (value == null || out.length() + value.length() > LONGEST) {
                    return Optional.empty();
                }
                out.append(raw, start, mark).append(value);
                start = end + 1;
            }
            return Optional.of(out.append(raw, start, raw.length()).toString());
        }
    }

    List<List<Word>> commands() {
        while (position < script.length()) {
            char c = script.charAt(position++);
            if (c == '\\') {
                escape();
            } else if (c == '\'') {
                single();
            } else if (c == '"') {
                doubled();
            } else if (c == '$' || c == '`') {
                expansion(c);
            } else if (c == '#' && !inWord) {
                comment();
            } else if (SEPARATORS.indexOf(c) >= 0) {
                endCommand();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                endWord();
            } else {
                add(c);
            }
        }
        endCommand();
        return commands;
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void escape() {
        if (position < script.length()) {
            char next = script.charAt(position++);
            if (next != '\n') {
                add(next);
                quoted = true;
            }
        }
    }

    private void single() {
        int end = script.indexOf('\'', position);
        int stop = end < 0 ? script.length() : end;
        word.append(script, position, stop);
        position = Math.min(script.length(), stop + 1);
        inWord = true;
        quoted = true;
    }

    private void doubled() {
        inWord = true;
        quoted = true;
        while (position < script.length()) {
            char c = script.charAt(position++);
            if (c == '"') {
                return;
            }
            if (c == '\\' && position < script.length()) {
                char next = script.charAt(position++);
                if (next != '\n') {
                    word.append("\"\\$`".indexOf(next) < 0 ? "\\" : "").append(next);
                }
            } else if (c == '$' || c == '`') {
                expansion(c);
            } else {
                word.append(c);
            }
        }
    }

    private void expansion(char kind) {
        inWord = true;
        if (kind == '`') {
            int end = script.indexOf('`', position);
            position = end < 0 ? script.length() : end + 1;
            unknown = true;
        } else if (position < script.length() && script.charAt(position) == '(') {
            position = closing(position, '(', ')');
            unknown = true;
        } else if (position < script.length() && script.charAt(position) == '{') {
            int end = closing(position, '{', '}');
            variable(script.substring(position + 1, Math.max(position + 1, end - 1)));
            position = end;
        } else {
            int end = position;
            while (end < script.length() && isNamePart(script.charAt(end))) {
                end++;
            }
            variable(script.substring(position, end));
            position = end;
        }
    }

    private void variable(String name) {
        boolean plain =
                !name.isEmpty() && name.chars().allMatch(ScriptWords::isNamePart) && !Character.isDigit(name.charAt(0));
        if (plain) {
            word.append('\0').append(name).append('\0');
        } else {
            unknown = true;
        }
    }

    /// Behind the bracket that closes the one at `open`.
    private int closing(int open, char opening, char end) {
        int depth = 0;
        for (int i = open; i < script.length(); i++) {
            char c = script.charAt(i);
            depth += c == opening ? 1 : c == end ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return script.length();
    }

    private void comment() {
        while (position < script.length() && script.charAt(position) != '\n') {
            position++;
        }
    }

    private void endWord() {
        if (inWord || unknown) {
            command.add(new Word(word.toString(), quoted, unknown));
        }
        word = new StringBuilder();
        inWord = false;
        quoted = false;
        unknown = false;
    }

    private void endCommand() {
        endWord();
        if (!command.isEmpty()) {
            commands.add(command);
        }
        command = new ArrayList<>();
    }

    private static boolean isNamePart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
