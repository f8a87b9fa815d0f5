package dev.cairn.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The short tables that people settled: `reviewed.tsv` and `dropped.tsv`.
final class ReviewedRows {
    private static final int COLUMNS = 4;
    private static final List<Map<String, List<String>>> EXACT = new ArrayList<>();
    private static final List<List<Pattern>> PATTERNS = new ArrayList<>();
    private static final Map<String, Outcome.Dropped> DROPPED = new HashMap<>();

    static {
        load();
    }

    /// A spelling with one `#` in it, and the text around it; `*` behind it stands for any rest.
    private record Pattern(String before, String after, boolean rest, List<String> row) {}

    private ReviewedRows() {}

    private static void load() {
        for (int i = 0; i < COLUMNS; i++) {
            EXACT.add(new HashMap<>());
            PATTERNS.add(new ArrayList<>());
        }
        Resource.text("reviewed.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    List<String> row = List.of(line.split("\t", -1));
                    for (int column = 0; column < COLUMNS; column++) {
                        for (String spelling : row.get(column).split(" ", -1)) {
                            add(column, spelling, row);
                        }
                    }
                });
        Resource.text("dropped.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    String[] row = line.split("\t", -1);
                    for (String name : row[3].split(" ", -1)) {
                        DROPPED.put(row[2] + " " + name, new Outcome.Dropped(row[0], row[1]));
                    }
                });
    }

    private static void add(int column, String written, List<String> row) {
        String spelling = written.startsWith("!") ? written.substring(1) : written;
        int mark = Math.max(spelling.indexOf('#'), spelling.indexOf('%'));
        if (spelling.equals("-") || parts(spelling).length > 1) {
            return;
        }
        if (mark < 0) {
            EXACT.get(column).putIfAbsent(spelling, row);
            return;
        }
        boolean rest = spelling.endsWith("*");
        String after = spelling.substring(mark + 1, rest ? spelling.length() - 1 : spelling.length());
        PATTERNS.get(column).add(new Pattern(spelling.substring(0, mark), after, rest, row));
    }

    private static int column(Distribution distribution) {
        return switch (distribution) {
            case DEBIAN, UBUNTU -> 0;
            case FEDORA, RHEL -> 1;
            case ALPINE -> 2;
            case WOLFI -> 3;
        };
    }

    static Outcome.@Nullable Dropped dropped(String name, Distribution from, Distribution to) {
        Outcome.Dropped own = DROPPED.get(from.id() + " " + name);
        if (own != null) {
            return own;
        }
        return from.family() == to.family()
                ? null
                : DROPPED.get(NameRules.lower(from.family().name()) + " " + name);
    }

    /// The spellings of the target, each a list of names that are written together; empty where no row knows the
    /// name. A row that knows the name but not the target gives one empty list.
    static List<List<String>> find(String name, Distribution from, Distribution to) {
        List<String> row = EXACT.get(column(from)).get(name);
        if (row != null) {
            return spellings(row.get(column(to)), "", "");
        }
        for (Pattern each : PATTERNS.get(column(from))) {
            String version = version(name, each);
            if (version != null) {
                String rest = name.substring(
                        each.before().length() + version.length() + each.after().length());
                return spellings(each.row().get(column(to)), version, rest);
            }
        }
        return List.of();
    }

    /// The names that are written together. The `+` of `g++` and `gtk+3.0` joins nothing: a name begins with a letter.
    private static String[] parts(String spelling) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < spelling.length() - 1; i++) {
            boolean joins = spelling.charAt(i) == '+'
                    && spelling.charAt(i - 1) != '+'
                    && Character.isLetter(spelling.charAt(i + 1));
            if (joins) {
                parts.add(spelling.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(spelling.substring(start));
        return parts.toArray(String[]::new);
    }

    private static @Nullable String version(String name, Pattern pattern) {
        if (!name.startsWith(pattern.before())) {
            return null;
        }
        int start = pattern.before().length();
        int end = start;
        while (end < name.length() && "0123456789.".indexOf(name.charAt(end)) >= 0) {
            end++;
        }
        boolean fits = end > start
                && name.startsWith(pattern.after(), end)
                && (pattern.rest() || name.length() == end + pattern.after().length());
        return fits ? name.substring(start, end) : null;
    }

    private static List<List<String>> spellings(String cell, String version, String rest) {
        List<List<String>> all = new ArrayList<>();
        for (String spelling : cell.split(" ", -1)) {
            if (spelling.startsWith("!")) {
                continue;
            }
            List<String> names = new ArrayList<>();
            for (String part : spelling.equals("-") ? new String[0] : parts(spelling)) {
                names.add(part.replace("#", version)
                        .replace("%", version.replace(".", ""))
                        .replace("*", rest));
            }
            all.add(names);
        }
        return all;
    }
}
