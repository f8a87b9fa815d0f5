package dev.cairn.packages.deb;

import dev.cairn.packages.SearchHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads through whole indexes: packages by a part of their name or description, and the essential ones.
final class NameSearch {
    private final List<SuiteIndex> suites;

    NameSearch(List<SuiteIndex> suites) {
        this.suites = suites;
    }

    /// The packages whose name or description holds the text: equal names first, then those that begin with it.
    List<SearchHit> find(String text) {
        Map<String, SearchHit> newest = new HashMap<>();
        for (SuiteIndex suite : suites) {
            for (IndexRow row : rows(suite.index())) {
                SearchHit hit = hit(row);
                if (hit.name().contains(text) || hit.description().contains(text)) {
                    newest.merge(hit.name(), hit, NameSearch::newer);
                }
            }
        }
        List<SearchHit> hits = new ArrayList<>(newest.values());
        hits.sort(Comparator.comparingInt((SearchHit hit) -> rank(hit.name(), text))
                .thenComparing(SearchHit::name));
        return hits;
    }

    private static int rank(String name, String text) {
        if (name.equals(text)) {
            return 0;
        }
        return name.startsWith(text) ? 1 : name.contains(text) ? 2 : 3;
    }

    private static SearchHit newer(SearchHit a, SearchHit b) {
        return DebVersion.parse(a.version()).compareTo(DebVersion.parse(b.version())) >= 0 ? a : b;
    }

    private static SearchHit hit(IndexRow row) {
        return new SearchHit(
                row.require(IndexRow.Field.PACKAGE),
                row.require(IndexRow.Field.VERSION),
                "",
                row.get(IndexRow.Field.DESCRIPTION, ""));
    }

    /// The names of all essential packages.
    Set<String> essential() {
        Set<String> names = new TreeSet<>();
        for (SuiteIndex suite : suites) {
            for (IndexRow row : rows(suite.index())) {
                if (row.isYes(IndexRow.Field.ESSENTIAL)) {
                    names.add(row.require(IndexRow.Field.PACKAGE));
                }
            }
        }
        return names;
    }

    private static List<IndexRow> rows(PackagesIndex index) {
        List<IndexRow> rows = new ArrayList<>();
        for (int name = 0; name < index.names(); name++) {
            for (int position : index.defining(name)) {
                rows.add(index.row(position));
            }
        }
        return rows;
    }
}
