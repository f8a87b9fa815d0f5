package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a Dockerfile into instructions exactly as BuildKit's `parser.Parse` does, errors included.
final class DockerfileReader {
    /// The longest line, without its newline.
    private static final int LONGEST_LINE = 65_535;

    private final SourceText source;
    private final String text;
    private final Directives directives = new Directives();
    private final List<Instruction> instructions = new ArrayList<>();

    /// The line that [#nextLine] has found.
    private int lineStart;

    private int lineEnd;
    private int next;
    private int lineNumber;
    private boolean tooLong;

    DockerfileReader(SourceText source) {
        this.source = source;
        this.text = source.chars();
    }

    Reading read() {
        try {
            while (nextLine()) {
                int from = lineStart;
                if (lineNumber == 1 && text.startsWith("\u00ef\u00bb\u00bf")) {
                    from = 3;
                }
                from = Blanks.skip(text, from, lineEnd);
                directive(from);
                if (from == lineEnd || text.charAt(from) == '#') {
                    continue;
                }
                instructions.add(instruction(from));
            }
        } catch (Problem problem) {
            return new Reading.Refused(Math.max(1, lineNumber), problem.words);
        }
        if (instructions.isEmpty()) {
            return new Reading.Refused(Math.max(1, lineNumber), "file with no instructions");
        }
        if (tooLong) {
            return new Reading.Refused(
                    lineNumber + 1, "dockerfile line greater than max allowed size of " + LONGEST_LINE);
        }
        return new Reading.Read(new Dockerfile(source, directives.escape(), instructions));
    }

    /// Finds the next line; its end is before the newline and any carriage returns.
    private boolean nextLine() {
        if (tooLong || next >= text.length()) {
            return false;
        }
        int newline = text.indexOf('\n', next);
        int end = newline < 0 ? text.length() : newline;
        if (end - next > LONGEST_LINE) {
            tooLong = true;
            return false;
        }
        lineStart = next;
        next = newline < 0 ? end : newline + 1;
        lineNumber++;
        while (end > lineStart && text.charAt(end - 1) == '\r') {
            end--;
        }
        lineEnd = end;
        return true;
    }

    private void directive(int from) throws Problem {
        String problem = directives.line(text, from, lineEnd);
        if (problem != null) {
            throw new Problem(problem);
        }
    }

    private Instruction instruction(int from) throws Problem {
        MappedText.Builder logical = new MappedText.Builder();
        boolean more = piece(logical, from);
        while (more && nextLine()) {
            int visible = Blanks.skip(text, lineStart, lineEnd);
            if (visible < lineEnd && text.charAt(visible) != '#') {
                more = piece(logical, lineStart);
            }
        }
        int end = lineEnd;
        MappedText line = logical.build();
        Instruction read = InstructionParser.parse(line, directives.escape());
        List<Heredoc> heredocs = List.of();
        if (mayHoldHeredocs(read) && line.text().contains("<<")) {
            heredocs = heredocs(HeredocWords.of(line.text()));
            end = heredocs.isEmpty() ? end : heredocs.getLast().terminator().end();
        }
        return read.with(new ByteRange(from, end), heredocs);
    }

    /// Adds the line from `from` and tells whether it is continued.
    private boolean piece(MappedText.Builder logical, int from) {
        int end = continuation(from);
        logical.add(text, from, end < 0 ? lineEnd : end);
        return end >= 0;
    }

    /// Where the line's text ends before its continuation; negative where there is none: the escape must be last but
    /// for blanks and tabs, and not be escaped itself.
    private int continuation(int from) {
        int i = lineEnd;
        while (i > from && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) {
            i--;
        }
        char escape = directives.escape();
        boolean found = i > from && text.charAt(i - 1) == escape && (i - 1 == from || text.charAt(i - 2) != escape);
        return found ? i - 1 : -1;
    }

    private static boolean mayHoldHeredocs(Instruction instruction) {
        Instruction inner = instruction.trigger() == null ? instruction : instruction.trigger();
        return !inner.json() && (inner.is("run") || inner.is("copy") || inner.is("add"));
    }

    private List<Heredoc> heredocs(@Nullable List<HeredocWords.Opening> openings) throws Problem {
        if (openings == null) {
            throw new Problem("here-document words that cannot be read");
        }
        List<Heredoc> found = new ArrayList<>();
        for (HeredocWords.Opening opening : openings) {
            found.add(heredoc(opening));
        }
        return found;
    }

    private Heredoc heredoc(HeredocWords.Opening opening) throws Problem {
        int start = next;
        while (nextLine()) {
            int from = lineStart;
            while (opening.chomp() && from < lineEnd && text.charAt(from) == '\t') {
                from++;
            }
            if (text.regionMatches(from, opening.name(), 0, opening.name().length())
                    && lineEnd - from == opening.name().length()) {
                return new Heredoc(
                        opening.name(),
                        opening.expand(),
                        opening.chomp(),
                        new ByteRange(start, lineStart),
                        new ByteRange(lineStart, lineEnd));
            }
        }
        throw new Problem("unterminated heredoc");
    }

    /// BuildKit would refuse the file.
    static final class Problem extends Exception {
        private static final long serialVersionUID = 1;
        private final String words;

        Problem(String words) {
            super(words, null, false, false);
            this.words = words;
        }
    }
}
