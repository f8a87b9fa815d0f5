package dev.cairn.migrate.shell;

import dev.cairn.migrate.shell.CommandList.AndOr;
import dev.cairn.migrate.shell.CommandList.Item;
import dev.cairn.migrate.shell.CommandList.Operator;
import dev.cairn.migrate.shell.CommandList.Pipeline;
import dev.cairn.migrate.shell.CommandList.Separator;
import dev.cairn.migrate.shell.Cursor.Unclear;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads lists, pipelines and what is in them: XCU 2.10, with bash's additions.
final class ListReader {
    /// The reserved words that end a list.
    private static final Set<String> ENDS = Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");

    private final Cursor cursor;
    private final CommandReader commands;

    ListReader(Cursor cursor) {
        this.cursor = cursor;
        this.commands = new CommandReader(cursor, this);
    }

    /// Everything up to the cursor's end.
    CommandList whole() throws Unclear {
        CommandList list = list();
        if (!cursor.atEnd()) {
            throw cursor.unclear("unexpected '" + shown() + "'");
        }
        if (cursor.awaitsDocuments()) {
            throw cursor.unclear("a here-document without its body");
        }
        return list;
    }

    /// A list that must not be empty.
    CommandList filled() throws Unclear {
        CommandList list = list();
        if (list.items().isEmpty()) {
            throw cursor.unclear("a command is missing before '" + shown() + "'");
        }
        return list;
    }

    /// A list up to `)`, `;;`, a reserved word that ends one, or the end.
    CommandList list() throws Unclear {
        cursor.enter();
        List<Item> items = new ArrayList<>();
        boolean more = true;
        while (more) {
            cursor.lines();
            if (atListEnd()) {
                break;
            }
            Item item = item(andOr());
            items.add(item);
            more = item.separator() != Separator.NONE;
        }
        cursor.leave();
        return new CommandList(items);
    }

    private Item item(AndOr command) throws Unclear {
        cursor.blanks();
        int start = cursor.at;
        char c = cursor.peek();
        Separator separator = Separator.NONE;
        if (cursor.atEnd()) {
            separator = Separator.NONE;
        } else if (c == '\n') {
            cursor.newline();
            return new Item(command, Separator.NEWLINE, start, start + 1);
        } else if (c == ';' && cursor.peek(1) != ';' && cursor.peek(1) != '&') {
            separator = Separator.SEMICOLON;
        } else if (c == '&' && cursor.peek(1) != '&' && cursor.peek(1) != '>') {
            separator = Separator.BACKGROUND;
        }
        if (separator != Separator.NONE) {
            cursor.at++;
        }
        return new Item(command, separator, start, cursor.at);
    }

    private boolean atListEnd() {
        if (cursor.atEnd() || cursor.peek() == ')' || (cursor.peek() == ';' && isCaseEnd(cursor.peek(1)))) {
            return true;
        }
        return ENDS.contains(reserved());
    }

    private static boolean isCaseEnd(char c) {
        return c == ';' || c == '&';
    }

    /// The word of plain characters at the cursor, for reserved words.
    String reserved() {
        int i = cursor.at;
        while (i < cursor.end && !isMeta(cursor.text.charAt(i))) {
            char c = cursor.text.charAt(i);
            if (c == '\'' || c == '"' || c == '\\' || c == '$' || c == '`') {
                return "";
            }
            i++;
        }
        return cursor.text.substring(cursor.at, i);
    }

    static boolean isMeta(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == ';' || c == '&' || c == '|' || c == '<' || c == '>'
                || c == '(' || c == ')';
    }

    private AndOr andOr() throws Unclear {
        List<Pipeline> pipelines = new ArrayList<>();
        List<Operator> operators = new ArrayList<>();
        pipelines.add(pipeline());
        while (true) {
            cursor.blanks();
            boolean and = cursor.sees("&&");
            if (!and && !cursor.sees("||")) {
                return new AndOr(pipelines, operators);
            }
            operators.add(new Operator(and, cursor.at));
            cursor.at += 2;
            cursor.lines();
            pipelines.add(pipeline());
        }
    }

    private Pipeline pipeline() throws Unclear {
        int start = cursor.at;
        boolean negated = false;
        boolean timed = false;
        while (true) {
            String word = reserved();
            boolean bang = word.equals("!") && isBlank(cursor.peek(1));
            if (!bang && !word.equals("time")) {
                break;
            }
            negated |= bang;
            timed |= !bang;
            cursor.at += word.length();
            cursor.blanks();
            if (!bang && reserved().equals("-p")) {
                cursor.at += 2;
                cursor.blanks();
            }
        }
        List<Command> parts = new ArrayList<>();
        while (true) {
            parts.add(commands.command());
            cursor.blanks();
            if (cursor.peek() != '|' || cursor.peek(1) == '|') {
                return new Pipeline(start, negated, timed, parts);
            }
            cursor.at += cursor.peek(1) == '&' ? 2 : 1;
            cursor.lines();
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private String shown() {
        int to = Math.min(cursor.end, cursor.at + 12);
        return cursor.atEnd() ? "the end" : cursor.text.substring(cursor.at, to).replace('\n', ' ');
    }
}
