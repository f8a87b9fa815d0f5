package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.SourceText;
import java.util.ArrayList;
import java.util.List;

/// Edits of a script inside of a Dockerfile, given by places in the script. What lies between the script's chars in
/// the file, continuations and comments, is kept where it can be.
final class ScriptEdits {
    private final SourceText source;
    private final MappedText text;
    private final List<Edit> edits = new ArrayList<>();

    ScriptEdits(SourceText source, MappedText text) {
        this.source = source;
        this.text = text;
    }

    List<Edit> edits() {
        return edits;
    }

    void replace(int from, int to, String replacement) {
        edits.add(new Edit(text.range(from, to), replacement));
    }

    /// Inserts behind the char before `position`.
    void insertBehind(int position, String what) {
        edits.add(Edit.insert(text.offset(position - 1) + 1, what));
    }

    void insertBefore(int position, String what) {
        edits.add(Edit.insert(text.offset(position), what));
    }

    /// Takes away the chars from `from` up to the one at `to`, with what lies between in the file but for comments.
    void deleteUpTo(int from, int to) {
        int start = text.offset(from);
        int end = text.offset(to);
        if (!hasComment(start, end)) {
            edits.add(Edit.delete(start, end));
            return;
        }
        int at = from;
        while (at < to) {
            int next = at + 1;
            while (next < to && text.contiguous(at, next + 1)) {
                next++;
            }
            int visible = at;
            while (at > from && visible < next && isBlank(text.text().charAt(visible))) {
                visible++;
            }
            if (visible < next) {
                edits.add(new Edit(text.range(visible, next), ""));
            }
            at = next;
        }
    }

    /// Takes away the chars from behind the one before `from`, with all that lies between in the file.
    void deleteBehind(int from, int to) {
        int last = from;
        while (last > 0 && (isBlank(text.text().charAt(last - 1)) || isDeleted(text.offset(last - 1)))) {
            last--;
        }
        int start = last == 0 ? text.offset(0) : text.offset(last - 1) + 1;
        edits.add(Edit.delete(start, text.offset(to - 1) + 1));
    }

    /// Whether the byte there goes already.
    private boolean isDeleted(int offset) {
        return edits.stream()
                .anyMatch(edit -> edit.replacement().isEmpty()
                        && edit.range().start() <= offset
                        && offset < edit.range().end());
    }

    /// Takes away whole lines of a script that has lines of its own.
    void deleteLines(int from, int to) {
        int lineStart = text.text().lastIndexOf('\n', Math.max(0, from - 1)) + 1;
        edits.add(new Edit(text.range(from == 0 ? 0 : lineStart, to), ""));
    }

    /// Takes away one word: its whole line where nothing else is on it, else it and the blanks before it.
    void deleteWord(int from, int to) {
        int previous = from;
        while (previous > 0 && isBlank(text.text().charAt(previous - 1))) {
            previous--;
        }
        int start = text.offset(from);
        int behind = previous == 0 ? start : text.offset(previous - 1) + 1;
        edits.add(wordDeletion(source, new ByteRange(start, text.offset(to - 1) + 1), behind));
    }

    /// The deletion of a word.
    ///
    /// @param behind the offset behind what stands before it
    static Edit wordDeletion(SourceText source, ByteRange word, int behind) {
        String chars = source.chars();
        int before = word.start();
        while (before > 0 && isBlank(chars.charAt(before - 1))) {
            before--;
        }
        int after = word.end();
        while (after < chars.length() && isBlank(chars.charAt(after))) {
            after++;
        }
        boolean first = before == 0 || chars.charAt(before - 1) == '\n';
        int lineEnd = chars.indexOf('\n', after);
        boolean last = lineEnd < 0 ? after == chars.length() : isLineEnd(chars, after, lineEnd);
        boolean continued = lineEnd >= 0 && last && after < lineEnd && chars.charAt(after) != '\r';
        if (first && continued) {
            return Edit.delete(before, lineEnd + 1);
        }
        if (first && last) {
            return Edit.delete(behind, word.end());
        }
        return first ? Edit.delete(word.start(), after) : Edit.delete(before, word.end());
    }

    /// Whether only a continuation or nothing stands between `from` and the line's end.
    private static boolean isLineEnd(String chars, int from, int lineEnd) {
        int i = from;
        if (i < lineEnd && (chars.charAt(i) == '\\' || chars.charAt(i) == '`')) {
            i++;
        }
        while (i < lineEnd && (isBlank(chars.charAt(i)) || chars.charAt(i) == '\r')) {
            i++;
        }
        return i == lineEnd;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /// Whether a line of the file ends between two places of the script.
    boolean breaksLine(int from, int to) {
        int newline = source.chars().indexOf('\n', text.offset(Math.max(0, from - 1)));
        return newline >= 0 && newline < text.offset(to);
    }

    private boolean hasComment(int start, int end) {
        String chars = source.chars();
        int newline = chars.indexOf('\n', start);
        while (newline >= 0 && newline < end) {
            int visible = newline + 1;
            while (visible < end && isBlank(chars.charAt(visible))) {
                visible++;
            }
            if (visible < end && chars.charAt(visible) == '#') {
                return true;
            }
            newline = chars.indexOf('\n', newline + 1);
        }
        return false;
    }
}
