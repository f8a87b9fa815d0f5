package dev.cairn.mapping;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `runtime-debian.tsv`, `runtime-alpine.tsv` and `runtime-reviewed.tsv`: the libraries that packages for development
/// stand for, by release.
final class RuntimeNames {
    private static final Set<String> TRIXIE = Set.of("trixie", "13");
    private static final Set<String> BOOKWORM = Set.of("bookworm", "12");
    private static final int ALPINE_NEWEST = 17;
    private static final int ALPINE_OLDER = 16;
    private static final int ALL = -1;

    private RuntimeNames() {}

    private static final class Debian {
        static final SortedLines LINES = new SortedLines(Resource.bytes("runtime-debian.tsv"));
    }

    private static final class Alpine {
        static final SortedLines LINES = new SortedLines(Resource.bytes("runtime-alpine.tsv"));
        static final Set<String> LIBRARIES = libraries();

        private static Set<String> libraries() {
            Set<String> names = new HashSet<>();
            LINES.forEachKey(key -> {
                String line = LINES.find(key);
                for (String cell : line == null ? new String[0] : line.split("\t", -1)) {
                    names.addAll(List.of(cell.split(" ", -1)));
                }
                names.remove(key);
            });
            return Set.copyOf(names);
        }
    }

    private static final class Reviewed {
        static final Map<String, List<String>> ROWS = rows();

        private static Map<String, List<String>> rows() {
            Map<String, List<String>> rows = new HashMap<>();
            Resource.text("runtime-reviewed.tsv")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] cells = line.split("\t", -1);
                        rows.put(cells[1] + " " + cells[0], List.of(cells[2].split(" ", -1)));
                    });
            return Map.copyOf(rows);
        }
    }

    static boolean isAlpineLibrary(String name) {
        return Alpine.LIBRARIES.contains(name);
    }

    static Optional<List<String>> find(String name, Distribution distribution, String release) {
        List<String> reviewed = Reviewed.ROWS.get(distribution.id() + " " + name);
        if (reviewed != null) {
            return Optional.of(reviewed);
        }
        return switch (distribution) {
            case DEBIAN -> debian(name, release);
            case ALPINE -> at(Alpine.LINES.find(name), alpineColumn(release));
            case WOLFI -> wolfi(name);
            case UBUNTU, FEDORA, RHEL -> Optional.empty();
        };
    }

    private static Optional<List<String>> debian(String name, String release) {
        String line = Debian.LINES.find(name);
        if (TRIXIE.contains(release)) {
            return at(line, 0);
        }
        if (BOOKWORM.contains(release)) {
            return at(line, 1);
        }
        return release.isEmpty() ? at(line, ALL) : Optional.empty();
    }

    /// 3.17 and later have the newest names, as far as is known; before 3.16 only what never changed is written.
    private static int alpineColumn(String release) {
        String[] parts = release.split("\\.", -1);
        try {
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : ALPINE_NEWEST;
            return minor >= ALPINE_NEWEST ? 0 : minor == ALPINE_OLDER ? 1 : ALL;
        } catch (NumberFormatException e) {
            return ALL;
        }
    }

    /// Of Wolfi only names are known: those of Alpine where Wolfi has them, else the name without `-dev`.
    private static Optional<List<String>> wolfi(String name) {
        Optional<List<String>> alpine = find(name, Distribution.ALPINE, "");
        TargetNames names = TargetNames.of(Distribution.WOLFI);
        if (alpine.isPresent() && alpine.get().stream().allMatch(names::has)) {
            return alpine;
        }
        String plain = name.endsWith("-dev") ? name.substring(0, name.length() - 4) : "";
        return names.has(plain) ? Optional.of(List.of(plain)) : Optional.empty();
    }

    private static Optional<List<String>> at(@Nullable String line, int column) {
        if (line == null) {
            return Optional.empty();
        }
        String[] cells = line.split("\t", -1);
        String newest = cells[1];
        String older = cells.length > 2 ? cells[2] : "-";
        String chosen = column == 0 || older.equals("=") ? newest : column == 1 ? older : "-";
        return chosen.equals("-") ? Optional.empty() : Optional.of(List.of(chosen.split(" ", -1)));
    }
}
