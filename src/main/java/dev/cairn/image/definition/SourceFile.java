package dev.cairn.image.definition;

import dev.cairn.image.definition.DefinitionException.Code;
import java.nio.file.Path;

/// One definition file in memory: its name and its text, and the faults found in it.
///
/// @param path how the file was named
/// @param text its decoded text
record SourceFile(Path path, String text) {
    private static final int EXCERPT_WIDTH = 100;

    Position at(int line, int column) {
        return new Position(path, line, column);
    }

    /// A fault with its line shown.
    DefinitionException fault(Code code, Position position, String problem, String hint) {
        return new DefinitionException(code, position, problem, excerpt(position, false), hint);
    }

    /// A fault in a line whose text from the column on may be a secret: it is shown up to there only.
    DefinitionException guardedFault(Code code, Position position, String problem, String hint) {
        return new DefinitionException(code, position, problem, excerpt(position, true), hint);
    }

    private String excerpt(Position position, boolean guarded) {
        if (position.line() == 0 || !position.file().equals(path)) {
            return "";
        }
        int[] line = masked(line(position.line())).codePoints().toArray();
        int column = Math.min(position.column(), line.length + 1);
        int from = column > EXCERPT_WIDTH ? column - EXCERPT_WIDTH / 2 : 1;
        int to = guarded ? column - 1 : Math.min(line.length, from + EXCERPT_WIDTH - 1);
        String gutter = "  " + position.line() + " | ";
        StringBuilder shown = new StringBuilder(gutter);
        for (int i = from; i <= to; i++) {
            int point = line[i - 1];
            shown.appendCodePoint(isPlain(point) ? point : ' ');
        }
        shown.append(guarded ? "…" : "").append('\n');
        shown.append(" ".repeat(gutter.length() - 2)).append("| ").append(" ".repeat(column - from));
        return shown.append('^').toString();
    }

    private static boolean isPlain(int point) {
        return !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT;
    }

    /// The text of a line, without its end.
    private String line(int number) {
        int start = 0;
        for (int i = 1; i < number && start < text.length(); i++) {
            start = end(start) + 1;
            if (start <= text.length() && text.charAt(start - 1) == '\r' && text.startsWith("\n", start)) {
                start++;
            }
        }
        return start >= text.length() ? "" : text.substring(start, end(start));
    }

    private int end(int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
            i++;
        }
        return Math.min(i, Math.max(start, text.length()));
    }

    /// The line with the user information of every address in it replaced by as many asterisks.
    static String masked(String line) {
        int scheme = line.indexOf("://");
        if (scheme < 0) {
            return line;
        }
        StringBuilder masked = new StringBuilder(line);
        while (scheme >= 0) {
            int from = scheme + 3;
            int end = from;
            int at = -1;
            while (end < line.length() && !isAuthorityEnd(line.charAt(end))) {
                if (line.charAt(end) == '@') {
                    at = end;
                }
                end++;
            }
            for (int i = from; i < at; i++) {
                masked.setCharAt(i, '*');
            }
            scheme = line.indexOf("://", from);
        }
        return masked.toString();
    }

    private static boolean isAuthorityEnd(char c) {
        return c == '/' || c == '?' || c == '#' || c <= ' ' || c == '"' || c == '\'';
    }
}
