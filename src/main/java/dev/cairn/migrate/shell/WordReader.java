package dev.cairn.migrate.shell;

import dev.cairn.migrate.shell.Cursor.Unclear;
import dev.cairn.migrate.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;

/// Reads words: quoting (XCU 2.2) and expansions (XCU 2.6).
final class WordReader {
    private final Cursor cursor;

    WordReader(Cursor cursor) {
        this.cursor = cursor;
    }

    static boolean isNameChar(char c, boolean digits) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (digits && c >= '0' && c <= '9');
    }

    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isNameChar(text.charAt(i), i > 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// The word at the cursor.
    Word word() throws Unclear {
        int start = cursor.at;
        Word word = possiblyEmpty();
        if (cursor.at == start) {
            throw cursor.unclear("a word is missing");
        }
        return word;
    }

    /// The word at the cursor; an empty one where a word cannot start.
    Word possiblyEmpty() throws Unclear {
        int start = cursor.at;
        Parts parts = new Parts();
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            if ((c == '<' || c == '>') && cursor.peek(1) == '(' && cursor.at == start) {
                cursor.at++;
                parts.add(commands(false));
            } else if (c == '\\' && cursor.peek(1) == '\n') {
                cursor.at += 2;
            } else if (ListReader.isMeta(c)) {
                break;
            } else {
                piece(c, parts);
            }
        }
        return new Word(start, cursor.at, parts.list());
    }

    /// One piece outside of double quotes.
    private void piece(char c, Parts parts) throws Unclear {
        switch (c) {
            case '\'' -> parts.literal(single(), true);
            case '"' -> twice(parts);
            case '`' -> parts.add(backticks(false));
            case '$' -> dollar(parts, false);
            case '\\' -> {
                if (cursor.at + 1 >= cursor.end) {
                    throw cursor.unclear("a backslash at the end");
                }
                parts.literal(cursor.text.substring(cursor.at + 1, cursor.at + 2), true);
                cursor.at += 2;
            }
            default -> {
                int from = cursor.at;
                while (!cursor.atEnd() && isOrdinary(cursor.peek())) {
                    cursor.at++;
                }
                parts.literal(cursor.text.substring(from, cursor.at), false);
            }
        }
    }

    private static boolean isOrdinary(char c) {
        return !ListReader.isMeta(c) && c != '\'' && c != '"' && c != '`' && c != '$' && c != '\\';
    }

    private String single() throws Unclear {
        int close = cursor.text.indexOf('\'', cursor.at + 1);
        if (close < 0 || close >= cursor.end) {
            throw cursor.unclear("a quote without its end");
        }
        String inner = cursor.text.substring(cursor.at + 1, close);
        cursor.at = close + 1;
        return inner;
    }

    private void twice(Parts parts) throws Unclear {
        int open = cursor.at++;
        parts.literal("", true);
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            if (c == '"') {
                cursor.at++;
                return;
            }
            if (c == '`') {
                parts.add(backticks(true));
            } else if (c == '$') {
                dollar(parts, true);
            } else if (c == '\\' && cursor.at + 1 < cursor.end) {
                char next = cursor.peek(1);
                boolean special = next == '$' || next == '`' || next == '"' || next == '\\' || next == '\n';
                if (next != '\n') {
                    parts.literal(special ? String.valueOf(next) : "\\" + next, true);
                }
                cursor.at += 2;
            } else {
                int from = cursor.at++;
                while (!cursor.atEnd() && "\"`$\\".indexOf(cursor.peek()) < 0) {
                    cursor.at++;
                }
                parts.literal(cursor.text.substring(from, cursor.at), true);
            }
        }
        cursor.at = open;
        throw cursor.unclear("a quote without its end");
    }

    private void dollar(Parts parts, boolean quoted) throws Unclear {
        cursor.spend();
        char next = cursor.peek(1);
        if (next == '(') {
            if (cursor.peek(2) == '(') {
                List<CommandList> inner = new ArrayList<>();
                int end = arithmeticEnd(cursor.at + 3, inner);
                if (end >= 0) {
                    parts.add(new Part.Arithmetic(cursor.text.substring(cursor.at + 3, end - 2), inner));
                    cursor.at = end;
                    return;
                }
            }
            cursor.at++;
            parts.add(commands(quoted));
        } else if (next == '{') {
            parts.add(braces(quoted));
        } else if (next == '\'' && !quoted) {
            ansi(parts);
        } else if (next == '"' && !quoted) {
            cursor.at++;
            twice(parts);
        } else if (isNameChar(next, false)) {
            int from = ++cursor.at;
            while (isNameChar(cursor.peek(), true)) {
                cursor.at++;
            }
            parts.add(new Part.Parameter(cursor.text.substring(from, cursor.at), true, quoted, List.of()));
        } else if (next != '\0' && "@*#?-$!0123456789".indexOf(next) >= 0) {
            parts.add(new Part.Parameter(String.valueOf(next), true, quoted, List.of()));
            cursor.at += 2;
        } else {
            parts.literal("$", quoted);
            cursor.at++;
        }
    }

    /// `$'…'`: bash reads escapes in it, other shells do not; its value is never needed.
    private void ansi(Parts parts) throws Unclear {
        int i = cursor.at + 2;
        while (i < cursor.end && cursor.text.charAt(i) != '\'') {
            i += cursor.text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= cursor.end) {
            throw cursor.unclear("a quote without its end");
        }
        parts.add(new Part.Parameter(cursor.text.substring(cursor.at, i + 1), false, true, List.of()));
        cursor.at = i + 1;
    }

    /// `(…)` at the cursor.
    private Part.Substitution commands(boolean quoted) throws Unclear {
        int open = cursor.at++;
        CommandList list = new ListReader(cursor).list();
        cursor.lines();
        if (cursor.peek() != ')') {
            throw cursor.unclear("')' is missing");
        }
        String text = cursor.text.substring(open + 1, cursor.at++);
        return new Part.Substitution(list, text, quoted);
    }

    private Part.Substitution backticks(boolean quoted) throws Unclear {
        int from = cursor.at + 1;
        int i = from;
        boolean escapes = false;
        while (i < cursor.end && cursor.text.charAt(i) != '`') {
            boolean escape = cursor.text.charAt(i) == '\\';
            escapes |= escape;
            i += escape ? 2 : 1;
        }
        if (i >= cursor.end) {
            throw cursor.unclear("a backtick without its end");
        }
        String text = cursor.text.substring(from, i);
        CommandList list = escapes ? null : new ListReader(cursor.within(from, i)).whole();
        cursor.at = i + 1;
        return new Part.Substitution(list, text, quoted);
    }

    private Part.Parameter braces(boolean quoted) throws Unclear {
        int open = cursor.at;
        int i = open + 2;
        while (i < cursor.end && isNameChar(cursor.text.charAt(i), true)) {
            i++;
        }
        char operator = i < cursor.end ? cursor.text.charAt(i) : '}';
        boolean quotes = !quoted || operator == '#' || operator == '%' || operator == '/';
        List<CommandList> inner = new ArrayList<>();
        int end = balancedEnd(i, '{', 1, quotes, inner);
        if (end < 0) {
            throw cursor.unclear("'}' is missing");
        }
        String name = cursor.text.substring(open + 2, i);
        cursor.at = end;
        return new Part.Parameter(name, i == end - 1 && !name.isEmpty(), quoted, inner);
    }

    private static void collect(Part part, List<CommandList> into) {
        switch (part) {
            case Part.Substitution substitution -> {
                if (substitution.commands() != null) {
                    into.add(substitution.commands());
                }
            }
            case Part.Parameter parameter -> into.addAll(parameter.inner());
            case Part.Arithmetic arithmetic -> into.addAll(arithmetic.inner());
            case Part.Literal literal -> {}
        }
    }

    /// Where `((` ends, given what is behind it; -1 where it is no arithmetic.
    int arithmeticEnd(int from) throws Unclear {
        return arithmeticEnd(from, new ArrayList<>());
    }

    private int arithmeticEnd(int from, List<CommandList> into) throws Unclear {
        int end = balancedEnd(from, '(', 2, true, into);
        boolean arithmetic = end >= from + 2 && cursor.text.charAt(end - 2) == ')';
        return arithmetic ? end : -1;
    }

    /// Where brackets end of which `level` are open; quotes and expansions are passed over, and the commands that
    /// these run are collected.
    private int balancedEnd(int from, char open, int opened, boolean quotes, List<CommandList> into) throws Unclear {
        Cursor part = cursor.within(Math.min(from, cursor.end), cursor.end);
        WordReader reader = new WordReader(part);
        int level = opened;
        while (!part.atEnd()) {
            char c = part.peek();
            if (c == (open == '{' ? '}' : ')')) {
                part.at++;
                if (--level == 0) {
                    return part.at;
                }
            } else if (c == open && open == '(') {
                level++;
                part.at++;
            } else if (c == '\\') {
                part.at += 2;
            } else if (c == '\'' && quotes) {
                int close = part.text.indexOf('\'', part.at + 1);
                if (close < 0 || close >= part.end) {
                    return -1;
                }
                part.at = close + 1;
            } else if (c == '"' || c == '`' || c == '$') {
                reader.collected(c, into);
            } else {
                part.at++;
            }
        }
        return -1;
    }

    private void collected(char c, List<CommandList> into) throws Unclear {
        Parts parts = new Parts();
        switch (c) {
            case '"' -> twice(parts);
            case '`' -> parts.add(backticks(true));
            default -> dollar(parts, true);
        }
        for (Part part : parts.list()) {
            collect(part, into);
        }
    }

    /// Pieces of a word; neighbouring literals that are quoted alike are one.
    private static final class Parts {
        private final List<Part> parts = new ArrayList<>();

        void literal(String text, boolean quoted) {
            if (!parts.isEmpty() && parts.getLast() instanceof Part.Literal before && before.quoted() == quoted) {
                parts.set(parts.size() - 1, new Part.Literal(before.text() + text, quoted));
            } else {
                parts.add(new Part.Literal(text, quoted));
            }
        }

        void add(Part part) {
            parts.add(part);
        }

        List<Part> list() {
            return parts;
        }
    }
}
