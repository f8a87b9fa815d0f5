package dev.cairn.migrate.split;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.SourceText;
import java.util.ArrayList;
import java.util.List;

/// Whole lines around instructions.
final class Lines {
    private Lines() {}

    /// Where the lines start that belong to the instruction at `offset`: its own, and comments directly above it.
    static int blockStart(SourceText source, int offset) {
        int line = source.line(offset);
        int first = line;
        while (first > 1 && isComment(source, first - 1)) {
            first--;
        }
        // the file's first lines may be directives, which stay where they are
        return source.lineStart(first == 1 ? line : first);
    }

    /// The lines of an instruction with their newline, and the comments directly above.
    static ByteRange block(SourceText source, ByteRange instruction) {
        int start = blockStart(source, instruction.start());
        int next = source.line(Math.max(instruction.start(), instruction.end() - 1)) + 1;
        return new ByteRange(start, source.lineStart(next));
    }

    /// Blocks that follow each other are one; with it goes a blank line above where another one or the end follows.
    static List<ByteRange> merged(SourceText source, List<ByteRange> blocks) {
        List<ByteRange> merged = new ArrayList<>();
        for (ByteRange each : blocks) {
            ByteRange before = merged.isEmpty() ? null : merged.getLast();
            boolean follows = before != null && isBlank(source, before.end(), each.start());
            if (before != null && follows) {
                merged.set(merged.size() - 1, before.to(each));
            } else {
                merged.add(each);
            }
        }
        return merged.stream().map(each -> withBlank(source, each)).toList();
    }

    private static ByteRange withBlank(SourceText source, ByteRange block) {
        int line = source.line(block.start());
        boolean blankAbove = line > 1 && isBlank(source, line - 1);
        boolean nothingBelow = block.end() >= source.length() || isBlank(source, source.line(block.end()));
        return blankAbove && nothingBelow ? new ByteRange(source.lineStart(line - 1), block.end()) : block;
    }

    private static boolean isBlank(SourceText source, int from, int to) {
        return from <= to && source.chars().substring(from, to).isBlank();
    }

    /// What must come before text at the end of the file, so that it stands behind one blank line.
    static String behind(SourceText source, String newline) {
        String text = source.chars();
        if (text.isEmpty() || text.endsWith("\n")) {
            return newline;
        }
        return newline + newline;
    }

    private static String text(SourceText source, int line) {
        return source.chars()
                .substring(source.lineStart(line), source.lineStart(line + 1))
                .strip();
    }

    private static boolean isComment(SourceText source, int line) {
        return text(source, line).startsWith("#");
    }

    private static boolean isBlank(SourceText source, int line) {
        return text(source, line).isEmpty();
    }
}
