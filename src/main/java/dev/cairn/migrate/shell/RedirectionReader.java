package dev.cairn.migrate.shell;

import dev.cairn.migrate.shell.Cursor.Unclear;
import dev.cairn.migrate.shell.Redirection.HereDocument;
import org.jspecify.annotations.Nullable;

/// Reads redirections: XCU 2.7, and bash's `&>`, `&>>` and `<<<`.
final class RedirectionReader {
    private static final String[] OPERATORS = {"<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">", "&>>", "&>"};

    private final Cursor cursor;
    private final WordReader words;

    RedirectionReader(Cursor cursor, WordReader words) {
        this.cursor = cursor;
        this.words = words;
    }

    /// The redirection at the cursor; null where there is none.
    @Nullable
    Redirection read() throws Unclear {
        int start = cursor.at;
        int i = start;
        while (i < cursor.end && cursor.text.charAt(i) >= '0' && cursor.text.charAt(i) <= '9') {
            i++;
        }
        char c = i < cursor.end ? cursor.text.charAt(i) : '\0';
        boolean both = i == start && c == '&' && cursor.peek(1) == '>';
        if (c != '<' && c != '>' && !both) {
            return null;
        }
        String operator = operator(i);
        boolean process = (operator.equals("<") || operator.equals(">"))
                && i + 1 < cursor.end
                && cursor.text.charAt(i + 1) == '(';
        if (process) {
            return null;
        }
        if (i - start > 6) {
            throw cursor.unclear("a file descriptor out of range");
        }
        int descriptor = i == start ? -1 : Integer.parseInt(cursor.text, start, i, 10);
        cursor.at = i + operator.length();
        cursor.blanks();
        if (cursor.atEnd() || (ListReader.isMeta(cursor.peek()) && !cursor.sees("<(") && !cursor.sees(">("))) {
            throw cursor.unclear("a redirection without a target");
        }
        Word target = words.word();
        return new Redirection(start, cursor.at, operator, descriptor, target, document(operator, target));
    }

    private String operator(int at) throws Unclear {
        for (String operator : OPERATORS) {
            if (cursor.text.startsWith(operator, at) && at + operator.length() <= cursor.end) {
                return operator;
            }
        }
        throw cursor.unclear("an unknown redirection");
    }

    private @Nullable HereDocument document(String operator, Word target) throws Unclear {
        if (!operator.equals("<<") && !operator.equals("<<-")) {
            return null;
        }
        String terminator = target.value();
        if (terminator == null) {
            throw cursor.unclear("a here-document whose end is not plain");
        }
        HereDocument document = new HereDocument(terminator, !target.isQuoted());
        cursor.expect(document, operator.equals("<<-"));
        return document;
    }
}
