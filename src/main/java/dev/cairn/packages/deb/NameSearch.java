package dev.cairn.packages.deb;

import dev.cairn.packages.SearchHit;
import dev.cairn.packages.deb.IndexRow.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds packages by a part of their name or description: the exact name first, then names that begin with the text,
/// names that hold it, descriptions that hold it.
final class NameSearch {
    private NameSearch() {}

    private record Ranked(SearchHit hit, int rank) {}

    static List<SearchHit> search(List<SuiteIndex> indexes, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        Map<String, Ranked> best = new HashMap<>();
        for (SuiteIndex source : indexes) {
            PackagesIndex index = source.index();
            for (int number = 0; number < index.names(); number++) {
                for (int position : index.defining(number)) {
                    IndexRow row = index.row(position);
                    int rank = rank(row, wanted);
                    if (rank < 4) {
                        SearchHit hit = hit(row, "");
                        best.merge(hit.name(), new Ranked(hit, rank), NameSearch::newer);
                    }
                }
            }
        }
        List<Ranked> ranked = new ArrayList<>(best.values());
        ranked.sort(Comparator.comparingInt(Ranked::rank).thenComparing(r -> r.hit.name()));
        return ranked.stream().map(Ranked::hit).toList();
    }

    private static int rank(IndexRow row, String wanted) {
        String name = row.require(Field.PACKAGE);
        if (name.equals(wanted)) {
            return 0;
        }
        if (name.startsWith(wanted)) {
            return 1;
        }
        if (name.contains(wanted)) {
            return 2;
        }
        return row.get(Field.DESCRIPTION, "").toLowerCase(Locale.ROOT).contains(wanted) ? 3 : 4;
    }

    private static Ranked newer(Ranked a, Ranked b) {
        boolean first = DebVersion.parse(a.hit.version()).compareTo(DebVersion.parse(b.hit.version())) >= 0;
        return new Ranked(first ? a.hit : b.hit, Math.min(a.rank, b.rank));
    }

    /// The hit for a package by name: its highest version in any suite; null when there is none.
    static @Nullable SearchHit newest(List<SuiteIndex> indexes, String name, String why) {
        SearchHit best = null;
        for (SuiteIndex source : indexes) {
            int number = source.index().find(name);
            for (int position : number < 0 ? new int[0] : source.index().defining(number)) {
                SearchHit hit = hit(source.index().row(position), why);
                if (best == null || DebVersion.parse(hit.version()).compareTo(DebVersion.parse(best.version())) > 0) {
                    best = hit;
                }
            }
        }
        return best;
    }

    private static SearchHit hit(IndexRow row, String why) {
        return new SearchHit(
                row.require(Field.PACKAGE), row.require(Field.VERSION), why, row.get(Field.DESCRIPTION, ""));
    }
}
