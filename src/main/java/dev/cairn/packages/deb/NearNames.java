package dev.cairn.packages.deb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The package names nearest to a misspelt one: few edits away, or an extension of it.
final class NearNames {
    private static final int WANTED = 3;

    private NearNames() {}

    private record Near(String name, int distance) {}

    static List<String> of(String wanted, List<SuiteIndex> sources) {
        int limit = wanted.length() <= 4 ? 1 : 2;
        List<Near> near = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (SuiteIndex source : sources) {
            PackagesIndex index = source.index();
            for (int number = 0; number < index.names(); number++) {
                if (index.defining(number).length == 0) {
                    continue;
                }
                String name = index.name(number);
                int distance = Math.abs(name.length() - wanted.length()) <= limit ? distance(wanted, name, limit) : 99;
                int reach = limit;
                if (distance > limit && (name.startsWith(wanted + "-") || name.equals("lib" + wanted))) {
                    distance = limit + name.length() - wanted.length();
                    reach = distance;
                }
                if (distance <= reach && seen.add(name)) {
                    near.add(new Near(name, distance));
                }
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::name));
        return near.stream().limit(WANTED).map(Near::name).toList();
    }

    /// The edit distance, or something above `limit` when it is greater.
    static int distance(String a, String b, int limit) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int best = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                best = Math.min(best, row[j]);
                diagonal = above;
            }
            if (best > limit) {
                return limit + 1;
            }
        }
        return row[b.length()];
    }
}
