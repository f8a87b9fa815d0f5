package dev.cairn.migrate.shell;

import dev.cairn.migrate.shell.Command.Compound;
import dev.cairn.migrate.shell.Command.Kind;
import dev.cairn.migrate.shell.Command.Simple;
import dev.cairn.migrate.shell.Cursor.Unclear;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one command.
final class CommandReader {
    private static final Set<String> DECLARATIONS = Set.of("declare", "typeset", "local", "export", "readonly");

    private final Cursor cursor;
    private final ListReader lists;
    private final WordReader words;
    private final RedirectionReader redirections;
    private final CompoundReader compounds;

    CommandReader(Cursor cursor, ListReader lists) {
        this.cursor = cursor;
        this.lists = lists;
        this.words = new WordReader(cursor);
        this.redirections = new RedirectionReader(cursor, words);
        this.compounds = new CompoundReader(cursor, lists, words);
    }

    Command command() throws Unclear {
        cursor.enter();
        int start = cursor.at;
        Command result;
        Compound compound = compounds.compound(lists.reserved());
        if (compound != null) {
            result = redirected(compound);
        } else {
            result = simple();
        }
        if (cursor.at == start) {
            throw cursor.unclear(cursor.atEnd() ? "a command is missing at the end" : "a command is missing");
        }
        cursor.leave();
        return result;
    }

    private Compound redirected(Compound compound) throws Unclear {
        List<Redirection> found = new ArrayList<>();
        int end = cursor.at;
        while (true) {
            cursor.blanks();
            Redirection redirection = redirections.read();
            if (redirection == null) {
                break;
            }
            found.add(redirection);
            end = cursor.at;
        }
        cursor.at = end;
        return new Compound(compound.kind(), compound.start(), end, compound.head(), compound.lists(), found);
    }

    private Command simple() throws Unclear {
        int start = cursor.at;
        int end = start;
        List<Assignment> assignments = new ArrayList<>();
        List<Word> found = new ArrayList<>();
        List<Redirection> redirected = new ArrayList<>();
        while (true) {
            cursor.blanks();
            Redirection redirection = redirections.read();
            if (redirection != null) {
                redirected.add(redirection);
            } else if (cursor.peek() == '(' && found.size() == 1 && redirected.isEmpty() && assignments.isEmpty()) {
                return function(start, found.getFirst());
            } else if (cursor.atEnd() || ListReader.isMeta(cursor.peek())) {
                break;
            } else {
                Assignment assignment = found.isEmpty() || declares(found) ? assignment() : null;
                if (assignment == null) {
                    found.add(words.word());
                } else if (found.isEmpty()) {
                    assignments.add(assignment);
                } else {
                    found.add(new Word(assignment.start(), assignment.end(), argument(assignment)));
                }
            }
            end = cursor.at;
        }
        cursor.at = end;
        return new Simple(start, end, assignments, found, redirected);
    }

    private static boolean declares(List<Word> found) {
        String name = found.getFirst().value();
        return name != null && DECLARATIONS.contains(name);
    }

    /// An assignment as an argument of `export`: its name, then its value's parts.
    private static List<Word.Part> argument(Assignment assignment) {
        List<Word.Part> parts = new ArrayList<>();
        parts.add(new Word.Part.Literal(assignment.name() + (assignment.append() ? "+=" : "="), false));
        for (Word value : assignment.values()) {
            parts.addAll(value.parts());
        }
        return parts;
    }

    private @Nullable Assignment assignment() throws Unclear {
        int start = cursor.at;
        int i = start;
        while (i < cursor.end && WordReader.isNameChar(cursor.text.charAt(i), i > start)) {
            i++;
        }
        int nameEnd = i;
        if (i == start) {
            return null;
        }
        if (i < cursor.end && cursor.text.charAt(i) == '[') {
            int close = cursor.text.indexOf(']', i);
            i = close < 0 || close >= cursor.end ? i : close + 1;
        }
        boolean append = i + 1 < cursor.end && cursor.text.startsWith("+=", i);
        i += append ? 1 : 0;
        if (i >= cursor.end || cursor.text.charAt(i) != '=') {
            return null;
        }
        cursor.at = i + 1;
        boolean array = cursor.peek() == '(';
        List<Word> values = array ? array() : List.of(words.possiblyEmpty());
        return new Assignment(start, cursor.at, cursor.text.substring(start, nameEnd), append, array, values);
    }

    private List<Word> array() throws Unclear {
        List<Word> values = new ArrayList<>();
        cursor.at++;
        while (true) {
            cursor.lines();
            if (cursor.peek() == ')') {
                cursor.at++;
                return values;
            }
            if (cursor.atEnd() || ListReader.isMeta(cursor.peek())) {
                throw cursor.unclear("an array without its end");
            }
            values.add(words.word());
        }
    }

    private Compound function(int start, Word name) throws Unclear {
        cursor.at++;
        cursor.blanks();
        if (cursor.peek() != ')' || !name.isPlain() || name.isQuoted()) {
            throw cursor.unclear("unexpected '('");
        }
        cursor.at++;
        return body(start, name);
    }

    private Compound body(int start, Word name) throws Unclear {
        cursor.lines();
        Compound body = compounds.compound(lists.reserved());
        if (body == null) {
            throw cursor.unclear("a function without a body");
        }
        Compound whole = redirected(body);
        return new Compound(Kind.FUNCTION, start, cursor.at, List.of(name), whole.lists(), whole.redirections());
    }
}
