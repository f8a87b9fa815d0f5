package dev.cairn.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Changes of one file that do not touch each other; all other bytes stay as they are.
public final class Edits {
    private final List<Edit> edits;

    private Edits(List<Edit> edits) {
        this.edits = edits;
    }

    /// These edits, in the order of the file. An edit inside of a deletion is swallowed by it; edits that overlap in
    /// any other way are a defect.
    public static Edits of(List<Edit> edits) {
        List<Edit> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparingInt((Edit e) -> e.range().start())
                .thenComparing(e -> e.range().length() > 0)
                .thenComparing(e -> e.range().end(), Comparator.reverseOrder()));
        List<Edit> kept = new ArrayList<>();
        for (Edit edit : sorted) {
            Edit before = kept.isEmpty() ? null : kept.getLast();
            if (before == null || !collides(before.range(), edit.range())) {
                kept.add(edit);
            } else if (before.replacement().isEmpty() && edit.replacement().isEmpty()) {
                kept.set(kept.size() - 1, new Edit(before.range().to(edit.range()), ""));
            } else if (!before.range().contains(edit.range())) {
                throw new IllegalStateException("edits overlap: " + before + " and " + edit);
            }
        }
        return new Edits(List.copyOf(kept));
    }

    private static boolean collides(ByteRange before, ByteRange range) {
        return before.overlaps(range) || (range.length() == 0 && range.start() < before.end());
    }

    /// The edits, in the order of the file.
    public List<Edit> list() {
        return edits;
    }

    /// The text with the changes made.
    public SourceText apply(SourceText source) {
        StringBuilder result = new StringBuilder(source.length() + 64);
        int at = 0;
        for (Edit edit : edits) {
            result.append(source.chars(), at, edit.range().start()).append(edit.replacement());
            at = edit.range().end();
        }
        return SourceText.ofChars(
                result.append(source.chars(), at, source.length()).toString());
    }
}
