package dev.cairn.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The derived tables. They are read when first asked, and searched without being parsed.
final class DerivedTable {
    /// One row.
    ///
    /// @param names in Alpine (`debian.tsv`) or Debian (`alpine.tsv`); empty where there are none
    /// @param otherNames in Wolfi (`debian.tsv` only)
    record Row(
            List<String> names, int confidence, List<Evidence> evidence, List<String> otherNames, int otherConfidence) {
        Row {
            names = List.copyOf(names);
            evidence = List.copyOf(evidence);
            otherNames = List.copyOf(otherNames);
        }
    }

    private DerivedTable() {}

    private static final class Debian {
        static final SortedLines LINES = new SortedLines(Resource.bytes("debian.tsv"));
    }

    private static final class Alpine {
        static final SortedLines LINES = new SortedLines(Resource.bytes("alpine.tsv"));
    }

    static @Nullable Row debian(String name) {
        return row(name, Debian.LINES.find(name));
    }

    static @Nullable Row alpine(String name) {
        return row(name, Alpine.LINES.find(name));
    }

    private static @Nullable Row row(String name, @Nullable String line) {
        if (line == null) {
            return null;
        }
        String[] cells = line.split("\t", -1);
        boolean other = cells.length > 5 && !cells[4].isEmpty();
        return new Row(
                names(name, cells[1]),
                cells[2].isEmpty() ? 0 : Integer.parseInt(cells[2]),
                evidence(cells[3]),
                other ? names(name, cells[4]) : List.of(),
                other ? Integer.parseInt(cells[5]) : 0);
    }

    private static List<String> names(String name, String cell) {
        if (cell.isEmpty()) {
            return List.of();
        }
        return cell.equals("=") ? List.of(name) : List.of(cell.split(" ", -1));
    }

    private static List<Evidence> evidence(String cell) {
        List<Evidence> all = new ArrayList<>();
        for (String each : cell.split(",", -1)) {
            if (!each.isEmpty()) {
                all.add(new Evidence(Evidence.Kind.ofCode(each.charAt(0)), each.substring(1)));
            }
        }
        return all;
    }
}
