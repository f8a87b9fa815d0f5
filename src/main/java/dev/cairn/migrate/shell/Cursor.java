package dev.cairn.migrate.shell;

import dev.cairn.migrate.shell.Redirection.HereDocument;
import java.util.ArrayList;
import java.util.List;

/// A place in a script, how deep it is nested, and the here-documents whose bodies are still to come.
final class Cursor {
    private static final int DEEPEST = 150;

    final String text;
    final int end;
    int at;
    private int depth;

    /// What may still be spent: text that is read again and again, as nested brackets can bring about, ends somewhere.
    private final int[] budget;

    private List<Pending> pending = new ArrayList<>();

    private record Pending(HereDocument document, boolean tabs) {}

    Cursor(String text) {
        this(text, 0, text.length(), new int[] {1_000 + 4 * text.length()});
    }

    private Cursor(String text, int from, int to, int[] budget) {
        this.budget = budget;
        this.text = text;
        this.at = from;
        this.end = to;
    }

    /// A cursor over a part of the script, as deep as this one.
    Cursor within(int from, int to) throws Unclear {
        Cursor part = new Cursor(text, from, to, budget);
        part.depth = depth;
        part.enter();
        return part;
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : '\0';
    }

    boolean atEnd() {
        return at >= end;
    }

    boolean sees(String what) {
        return at + what.length() <= end && text.startsWith(what, at);
    }

    void spend() throws Unclear {
        if (--budget[0] < 0) {
            throw unclear("too intricate");
        }
    }

    void enter() throws Unclear {
        spend();
        if (++depth > DEEPEST) {
            throw unclear("nested too deeply");
        }
    }

    void leave() {
        depth--;
    }

    Unclear unclear(String reason) {
        return new Unclear(at, reason);
    }

    /// Skips blanks, continuations, and a comment.
    void blanks() {
        while (at < end) {
            char c = peek();
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '\\' && peek(1) == '\n') {
                at += 2;
            } else if (c == '#') {
                int newline = text.indexOf('\n', at);
                at = newline < 0 || newline > end ? end : newline;
            } else {
                return;
            }
        }
    }

    /// Skips blanks, comments and line ends, and reads the here-documents that line ends bring.
    void lines() throws Unclear {
        blanks();
        while (peek() == '\n') {
            newline();
            blanks();
        }
    }

    /// Passes a line end.
    void newline() throws Unclear {
        at++;
        List<Pending> documents = pending;
        pending = new ArrayList<>();
        for (Pending document : documents) {
            body(document);
        }
    }

    void expect(HereDocument document, boolean tabs) {
        pending.add(new Pending(document, tabs));
    }

    boolean awaitsDocuments() {
        return !pending.isEmpty();
    }

    private void body(Pending pendingDocument) throws Unclear {
        int start = at;
        String terminator = pendingDocument.document().terminator();
        while (at < end) {
            int newline = text.indexOf('\n', at);
            int lineEnd = newline < 0 || newline > end ? end : newline;
            int from = at;
            while (pendingDocument.tabs() && from < lineEnd && text.charAt(from) == '\t') {
                from++;
            }
            if (lineEnd - from == terminator.length() && text.startsWith(terminator, from)) {
                pendingDocument.document().place(start, at);
                at = Math.min(end, lineEnd + 1);
                return;
            }
            at = Math.min(end, lineEnd + 1);
        }
        throw new Unclear(start, "a here-document without its end");
    }

    /// The script is not understood.
    static final class Unclear extends Exception {
        private static final long serialVersionUID = 1;
        final int position;
        final String reason;

        Unclear(int position, String reason) {
            super(reason, null, false, false);
            this.position = position;
            this.reason = reason;
        }
    }
}
