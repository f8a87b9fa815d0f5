package dev.cairn.packages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The package names nearest to a misspelt one: few edits away, or an extension of it. Names are offered one by one.
public final class NearNames {
    private static final int WANTED = 3;
    private static final int LONGEST = 200;

    private final String wanted;
    private final int limit;
    private final List<Near> near = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private record Near(String name, int distance) {}

    /// Looks for names like this one.
    public NearNames(String wanted) {
        this.wanted = wanted;
        this.limit = wanted.length() <= 4 ? 1 : 2;
    }

    /// Takes the name of a package that there is.
    public void offer(String name) {
        if (wanted.length() > LONGEST) {
            return;
        }
        boolean similarlyLong = Math.abs(name.length() - wanted.length()) <= limit;
        int distance = similarlyLong ? distance(wanted, name) : limit + 1;
        if (distance > limit && (name.startsWith(wanted + "-") || name.equals("lib" + wanted))) {
            distance = limit + name.length() - wanted.length();
        } else if (distance > limit) {
            return;
        }
        if (seen.add(name)) {
            near.add(new Near(name, distance));
        }
    }

    /// The nearest three, best first.
    public List<String> best() {
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::name));
        return near.stream().limit(WANTED).map(Near::name).toList();
    }

    /// What to add to a message: `; did you mean a, b?`, or nothing.
    public String advice() {
        List<String> best = best();
        return best.isEmpty() ? "" : "; did you mean " + String.join(", ", best) + "?";
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make `a` into `b` (optimal string alignment).
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
