package dev.cairn.migrate.shell;

import dev.cairn.migrate.shell.Command.Compound;
import dev.cairn.migrate.shell.Command.Kind;
import dev.cairn.migrate.shell.Cursor.Unclear;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads compound commands, without their redirections.
final class CompoundReader {
    private final Cursor cursor;
    private final ListReader lists;
    private final WordReader words;

    CompoundReader(Cursor cursor, ListReader lists, WordReader words) {
        this.cursor = cursor;
        this.lists = lists;
        this.words = words;
    }

    /// The compound command at the cursor, where the word at the cursor is `word`; null where there is none.
    @Nullable
    Compound compound(String word) throws Unclear {
        int start = cursor.at;
        if (cursor.peek() == '(') {
            Compound arithmetic = cursor.peek(1) == '(' ? arithmetic() : null;
            return arithmetic == null ? subshell() : arithmetic;
        }
        return switch (word) {
            case "{" -> {
                pass("{");
                CommandList list = lists.filled();
                pass("}");
                yield done(Kind.GROUP, start, List.of(), List.of(list));
            }
            case "if" -> conditional();
            case "while", "until" -> {
                pass(word);
                CommandList test = lists.filled();
                yield done(Kind.WHILE, start, List.of(), List.of(test, loopBody()));
            }
            case "for", "select" -> loop(word);
            case "case" -> choice();
            case "function" -> function();
            case "[[" -> test();
            case "coproc" -> throw cursor.unclear("coproc");
            default -> null;
        };
    }

    private Compound done(Kind kind, int start, List<Word> head, List<CommandList> inner) {
        return new Compound(kind, start, cursor.at, head, inner, List.of());
    }

    /// Passes a reserved word, behind blanks and line ends.
    private void pass(String word) throws Unclear {
        cursor.lines();
        if (!lists.reserved().equals(word)) {
            throw cursor.unclear("'" + word + "' is missing");
        }
        cursor.at += word.length();
    }

    private Compound subshell() throws Unclear {
        int start = cursor.at++;
        CommandList list = lists.filled();
        cursor.lines();
        close();
        return done(Kind.SUBSHELL, start, List.of(), List.of(list));
    }

    private void close() throws Unclear {
        if (cursor.peek() != ')') {
            throw cursor.unclear("')' is missing");
        }
        cursor.at++;
    }

    private @Nullable Compound arithmetic() throws Unclear {
        int start = cursor.at;
        int end = words.arithmeticEnd(start + 2);
        if (end < 0) {
            return null;
        }
        cursor.at = end;
        return done(Kind.ARITHMETIC, start, List.of(), List.of());
    }

    private Compound conditional() throws Unclear {
        int start = cursor.at;
        List<CommandList> inner = new ArrayList<>();
        pass("if");
        while (true) {
            inner.add(lists.filled());
            pass("then");
            inner.add(lists.filled());
            cursor.lines();
            if (!lists.reserved().equals("elif")) {
                break;
            }
            pass("elif");
        }
        if (lists.reserved().equals("else")) {
            pass("else");
            inner.add(lists.filled());
        }
        pass("fi");
        return done(Kind.IF, start, List.of(), inner);
    }

    private CommandList loopBody() throws Unclear {
        pass("do");
        CommandList body = lists.filled();
        pass("done");
        return body;
    }

    private Compound loop(String word) throws Unclear {
        int start = cursor.at;
        pass(word);
        cursor.blanks();
        List<Word> head = new ArrayList<>();
        if (cursor.sees("((")) {
            int end = words.arithmeticEnd(cursor.at + 2);
            if (end < 0) {
                throw cursor.unclear("a loop that is not clear");
            }
            cursor.at = end;
        } else {
            head.add(name());
            cursor.lines();
            if (lists.reserved().equals("in")) {
                pass("in");
                values(head);
            }
        }
        cursor.blanks();
        if (cursor.peek() == ';') {
            cursor.at++;
        }
        return done(Kind.FOR, start, head, List.of(loopBody()));
    }

    private Word name() throws Unclear {
        Word name = word();
        String value = name.value();
        if (value == null || name.isQuoted() || !WordReader.isName(value)) {
            throw cursor.unclear("a loop without a variable's name");
        }
        return name;
    }

    private void values(List<Word> head) throws Unclear {
        cursor.blanks();
        while (!cursor.atEnd() && !ListReader.isMeta(cursor.peek())) {
            head.add(words.word());
            cursor.blanks();
        }
    }

    private Word word() throws Unclear {
        if (cursor.atEnd() || ListReader.isMeta(cursor.peek())) {
            throw cursor.unclear("a word is missing");
        }
        return words.word();
    }

    private Compound choice() throws Unclear {
        int start = cursor.at;
        List<Word> head = new ArrayList<>();
        List<CommandList> inner = new ArrayList<>();
        pass("case");
        cursor.blanks();
        head.add(word());
        pass("in");
        while (true) {
            cursor.lines();
            if (lists.reserved().equals("esac")) {
                break;
            }
            patterns(head);
            inner.add(lists.list());
            cursor.lines();
            if (!cursor.sees(";;") && !cursor.sees(";&")) {
                break;
            }
            cursor.at += cursor.sees(";;&") ? 3 : 2;
        }
        pass("esac");
        return done(Kind.CASE, start, head, inner);
    }

    private void patterns(List<Word> head) throws Unclear {
        if (cursor.peek() == '(') {
            cursor.at++;
            cursor.blanks();
        }
        head.add(word());
        cursor.blanks();
        while (cursor.peek() == '|') {
            cursor.at++;
            cursor.blanks();
            head.add(word());
            cursor.blanks();
        }
        close();
    }

    private Compound function() throws Unclear {
        int start = cursor.at;
        pass("function");
        cursor.blanks();
        Word name = word();
        cursor.blanks();
        if (cursor.peek() == '(') {
            cursor.at++;
            cursor.blanks();
            close();
        }
        cursor.lines();
        Compound body = compound(lists.reserved());
        if (body == null || !name.isPlain()) {
            throw cursor.unclear("a function without a body");
        }
        return done(Kind.FUNCTION, start, List.of(name), body.lists());
    }

    /// `[[ … ]]`: operators in it are no operators of the shell.
    private Compound test() throws Unclear {
        int start = cursor.at;
        List<Word> head = new ArrayList<>();
        pass("[[");
        while (true) {
            cursor.lines();
            if (cursor.atEnd()) {
                throw cursor.unclear("']]' is missing");
            }
            if (lists.reserved().equals("]]")) {
                pass("]]");
                return done(Kind.TEST, start, head, List.of());
            }
            if (ListReader.isMeta(cursor.peek()) && !cursor.sees("<(")) {
                if (cursor.peek() == ';') {
                    throw cursor.unclear("']]' is missing");
                }
                cursor.at++;
            } else {
                head.add(words.word());
            }
        }
    }
}
