package dev.cairn.advisory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the facts about one package in a [Part], where it is asked to or only over them.
final class FactCursor {
    /// A day, a severity, a vector, a note.
    private static final int AFTER_RANGES = 4;

    private final Part part;
    private final byte[] encoded;
    private int at;

    FactCursor(Part part, byte[] encoded) {
        this.part = part;
        this.encoded = encoded;
    }

    int place() {
        return at;
    }

    void to(int place) {
        at = place;
    }

    Fact fact(String packageName) {
        String id = part.string(number());
        List<String> aliases = strings(number());
        int state = number();
        List<Range> ranges = ranges(number());
        int day = number();
        return new Fact(
                packageName,
                id,
                aliases,
                PartFile.STATUSES.get(state >> 1),
                ranges,
                (state & 1) != 0,
                day == 0 ? Fact.NO_DAY : day - 1,
                PartFile.SEVERITIES.get(number()),
                part.string(number()),
                part.string(number()));
    }

    private List<String> strings(int count) {
        if (count <= 1) {
            return count == 1 ? List.of(part.string(number())) : List.of();
        }
        List<String> list = new ArrayList<>(Math.min(count, 64));
        for (int left = count; left > 0; left--) {
            list.add(part.string(number()));
        }
        return list;
    }

    private List<Range> ranges(int count) {
        if (count <= 1) {
            return count == 1 ? List.of(range()) : List.of();
        }
        List<Range> list = new ArrayList<>(Math.min(count, 64));
        for (int left = count; left > 0; left--) {
            list.add(range());
        }
        return list;
    }

    private Range range() {
        String from = part.string(number());
        String to = part.string(number());
        int flags = number();
        return new Range(from, (flags & 1) != 0, to, (flags & 2) != 0);
    }

    void addIds(Set<String> ids) {
        ids.add(part.string(number()));
        for (int left = number(); left > 0; left--) {
            ids.add(part.string(number()));
        }
    }

    /// Reads the ids, all of them.
    boolean names(Set<String> ids) {
        boolean named = ids.contains(part.string(number()));
        for (int left = number(); left > 0; left--) {
            named |= ids.contains(part.string(number()));
        }
        return named;
    }

    /// From behind the ids to the next fact.
    void skipToNext() {
        number();
        for (int left = 3 * number() + AFTER_RANGES; left > 0; left--) {
            number();
        }
    }

    /// Reads over a fact; as [Fact#judge] decides, but for what only that can: safe versions and rebuilds.
    boolean mayAffect(RangeCheck check) {
        number();
        for (int left = number(); left > 0; left--) {
            number();
        }
        int state = number();
        boolean never = PartFile.STATUSES.get(state >> 1) == Fact.Status.NOT_AFFECTED;
        boolean may = (state & 1) != 0;
        for (int left = number(); left > 0; left--) {
            int from = number();
            int to = number();
            may |= check.contains(from, to, number());
        }
        for (int left = AFTER_RANGES; left > 0; left--) {
            number();
        }
        return may && !never;
    }

    int number() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte b = encoded[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }
}
