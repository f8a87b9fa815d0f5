package dev.cairn.mapping;

import java.util.List;

/// A version in a tag, as its parts between dots: numbers compare as numbers, others as text.
///
/// @param parts the parts; empty for no version
record Version(List<String> parts) implements Comparable<Version> {
    private static final long FAR = 1_000_000;

    Version {
        parts = List.copyOf(parts);
    }

    static Version parse(String text) {
        return new Version(text.isEmpty() ? List.of() : List.of(text.split("\\.", -1)));
    }

    int depth() {
        return parts.size();
    }

    boolean startsWith(Version prefix) {
        return prefix.depth() > 0
                && prefix.depth() <= depth()
                && parts.subList(0, prefix.depth()).equals(prefix.parts);
    }

    /// Whether the first `line` parts are equal.
    boolean sharesLine(Version other, int line) {
        return parts.subList(0, line).equals(other.parts.subList(0, line));
    }

    /// How far two versions are apart: the first part that differs counts most.
    long distance(Version other) {
        long distance = 0;
        for (int i = 0; i < 2; i++) {
            long difference = Math.abs(number(i) - other.number(i));
            distance = distance * 1000 + Math.min(difference, 999);
        }
        return distance;
    }

    private long number(int place) {
        if (place >= parts.size() || !isNumber(parts.get(place))) {
            return place >= parts.size() ? 0 : FAR;
        }
        return Long.parseLong(parts.get(place));
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(depth(), other.depth()); i++) {
            String mine = i < depth() ? parts.get(i) : "0";
            String its = i < other.depth() ? other.parts.get(i) : "0";
            int order = isNumber(mine) && isNumber(its)
                    ? Long.compare(Long.parseLong(mine), Long.parseLong(its))
                    : mine.compareTo(its);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
