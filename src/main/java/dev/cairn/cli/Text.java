package dev.cairn.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words for people: sizes, times, and the word that was probably meant.
final class Text {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Text() {}

    /// A size in decimal units with at most one decimal: `999 B`, `1.5 kB`, `12 MB`.
    static String bytes(long bytes) {
        long divisor = 1;
        int unit = 0;
        while (rounded(bytes, divisor) >= 1000 && unit < UNITS.length - 1) {
            divisor *= 1000;
            unit++;
        }
        long tenths = rounded(bytes * 10, divisor);
        boolean whole = unit == 0 || tenths >= 100;
        return (whole ? Long.toString(rounded(bytes, divisor)) : tenths / 10 + "." + tenths % 10) + " " + UNITS[unit];
    }

    private static long rounded(long value, long divisor) {
        return (value + divisor / 2) / divisor;
    }

    /// A time: `45 ms`, `1.2 s`, `3 min 20 s`.
    static String duration(long nanos) {
        long millis = nanos / 1_000_000;
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return millis / 1000 + "." + millis % 1000 / 100 + " s";
        }
        return millis / 60_000 + " min " + millis % 60_000 / 1000 + " s";
    }

    /// `1 package`, `2 packages`.
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /// A line of a table: the first column filled up to the right, the second to the left.
    static String row(String first, int firstWidth, String second, int secondWidth, String rest) {
        StringBuilder row = new StringBuilder(first);
        row.repeat(' ', Math.max(0, firstWidth - first.length()));
        row.repeat(' ', Math.max(0, secondWidth - second.length())).append(second);
        return rest.isEmpty() ? row.toString() : row.append("   ").append(rest).toString();
    }

    /// The candidate nearest to what was typed, or null when none is near: at most a third of its letters differ,
    /// counting a swap of neighbours as one difference.
    static @Nullable String nearest(String typed, List<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = candidate.startsWith(typed) && typed.length() > 1 ? 1 : distance(typed, candidate);
            if (distance < bestDistance && distance <= Math.max(1, (candidate.length() + 1) / 3)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /// Edits (insert, delete, replace, swap of neighbours) that lead from one word to the other.
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edit(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int edit(int[][] edits, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j - 1] + same, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
