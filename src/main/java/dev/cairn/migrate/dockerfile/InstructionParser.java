package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.DockerfileReader.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads one logical line: keyword, flags and arguments, by the rules of each keyword (BuildKit's `line_parsers.go`).
final class InstructionParser {
    private static final int DEEPEST_ONBUILD = 50;

    private final MappedText line;
    private final String text;
    private final char escape;
    private final int depth;

    private InstructionParser(MappedText line, char escape, int depth) {
        this.line = line;
        this.text = line.text();
        this.escape = escape;
        this.depth = depth;
    }

    /// Reads the line. The range is that of the line alone, and there are no here-documents yet.
    static Instruction parse(MappedText line, char escape) throws Problem {
        return new InstructionParser(line, escape, 0).instruction();
    }

    private Instruction instruction() throws Problem {
        int start = Blanks.skip(text, 0, text.length());
        int end = Blanks.trimEnd(text, start, text.length());
        int keywordEnd = start;
        while (keywordEnd < end && !Blanks.isSeparator(text.charAt(keywordEnd))) {
            keywordEnd++;
        }
        String keyword = text.substring(start, keywordEnd).toLowerCase(Locale.ROOT);
        int from = keywordEnd;
        while (from < end && Blanks.isSeparator(text.charAt(from))) {
            from++;
        }
        FlagReader flags = new FlagReader(line, escape, from, end);
        int bodyStart = Math.min(end, Blanks.skip(text, flags.read(), end));
        return arguments(keyword, flags.flags(), start, bodyStart, end);
    }

    private Instruction arguments(String keyword, List<Word> flags, int start, int from, int end) throws Problem {
        List<Word> words = List.of();
        boolean json = false;
        Instruction trigger = null;
        switch (keyword) {
            case "env", "label" -> words = pairs(keyword, from, end);
            case "arg" -> words = values(new QuotedWords(line, escape, from, end).read());
            case "expose", "from" -> words = separated(from, end);
            case "maintainer", "stopsignal", "user", "workdir" -> words = whole(from, end);
            case "onbuild" -> trigger = trigger(from, end);
            case "add", "copy", "volume", "run", "cmd", "entrypoint", "shell" -> {
                List<Word> strings = from < end ? JsonArray.read(line, from, end) : null;
                json = strings != null;
                boolean list = keyword.equals("add") || keyword.equals("copy") || keyword.equals("volume");
                words = strings != null ? strings : list ? separated(from, end) : whole(from, end);
            }
            case "healthcheck" -> {
                int word = from;
                while (word < end && !Character.isWhitespace(text.charAt(word))) {
                    word++;
                }
                int rest = Blanks.skip(text, word, end);
                List<Word> strings = rest < end ? JsonArray.read(line, rest, end) : null;
                json = strings != null;
                words = new ArrayList<>(whole(from, word));
                words.addAll(strings != null ? strings : whole(rest, end));
            }
            default -> {
                // An unknown instruction is kept; whoever runs the file refuses it.
            }
        }
        MappedText own = start == 0 ? line : line.part(start, text.length());
        return new Instruction(
                keyword,
                flags,
                words,
                json,
                own,
                line.part(from, end),
                line.range(start, text.length()),
                List.of(),
                trigger);
    }

    private List<Word> whole(int from, int end) {
        return from == end ? List.of() : List.of(new Word(text.substring(from, end), line.range(from, end)));
    }

    private List<Word> separated(int from, int end) {
        List<Word> words = new ArrayList<>();
        int at = from;
        while (at < end) {
            int start = at;
            while (at < end && !Blanks.isSeparator(text.charAt(at))) {
                at++;
            }
            words.add(new Word(text.substring(start, at), line.range(start, at)));
            while (at < end && Blanks.isSeparator(text.charAt(at))) {
                at++;
            }
        }
        return words;
    }

    private @Nullable Instruction trigger(int from, int end) throws Problem {
        if (from == end) {
            return null;
        }
        if (depth == DEEPEST_ONBUILD) {
            throw new Problem("ONBUILD in ONBUILD, too deep");
        }
        return new InstructionParser(line.part(from, end), escape, depth + 1).instruction();
    }

    private static List<Word> values(List<QuotedWords.Span> spans) {
        return spans.stream().map(QuotedWords.Span::word).toList();
    }

    /// `ENV a=1 b=2`, or the old form `ENV a 1`.
    private List<Word> pairs(String keyword, int from, int end) throws Problem {
        List<QuotedWords.Span> spans = new QuotedWords(line, escape, from, end).read();
        if (spans.isEmpty()) {
            return List.of();
        }
        List<Word> words = new ArrayList<>();
        if (spans.getFirst().word().value().indexOf('=') < 0) {
            List<Word> parts = separated(from, end);
            if (parts.size() < 2) {
                throw new Problem(keyword.toUpperCase(Locale.ROOT) + " must have two arguments");
            }
            int valueStart = from + parts.getFirst().value().length();
            while (Blanks.isSeparator(text.charAt(valueStart))) {
                valueStart++;
            }
            words.add(parts.getFirst());
            words.add(new Word(text.substring(valueStart, end), line.range(valueStart, end)));
            words.add(new Word("", line.range(end, end)));
            return words;
        }
        for (QuotedWords.Span span : spans) {
            String word = span.word().value();
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new Problem("Syntax error - can't find = in \"" + SourceText.display(word)
                        + "\". Must be of the form: name=value");
            }
            ByteRange range = span.word().range();
            int mark = Math.min(span.end(), span.start() + equals);
            words.add(new Word(word.substring(0, equals), line.range(span.start(), mark)));
            words.add(new Word(word.substring(equals + 1), line.range(Math.min(span.end(), mark + 1), span.end())));
            words.add(new Word("=", range));
        }
        return words;
    }
}
