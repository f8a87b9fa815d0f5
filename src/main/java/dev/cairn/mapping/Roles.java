package dev.cairn.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `roles.tsv`: what packages are for, settled by people.
final class Roles {
    private static final Map<String, Row> ROWS = load();

    /// A row.
    ///
    /// @param role what its packages are for
    /// @param commands the commands that they bring
    /// @param leftovers what is left of them at run time: in Debian, in Alpine and Wolfi, in Fedora
    record Row(PackageFacts.Role role, Set<String> commands, List<List<String>> leftovers) {
        Row {
            commands = Set.copyOf(commands);
            leftovers = List.copyOf(leftovers);
        }

        List<String> left(Distribution distribution) {
            return switch (distribution.family()) {
                case DEB -> leftovers.get(0);
                case APK -> leftovers.get(1);
                case RPM -> leftovers.get(2);
            };
        }
    }

    private Roles() {}

    private static Map<String, Row> load() {
        Map<String, Row> rows = new HashMap<>();
        Resource.text("roles.tsv").lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] cells = line.split("\t", -1);
            PackageFacts.Role role =
                    PackageFacts.Role.valueOf(cells[0].toUpperCase(Locale.ROOT).replace('-', '_'));
            Row row = new Row(
                    role, Set.copyOf(words(cells[2])), List.of(words(cells[3]), words(cells[4]), words(cells[5])));
            words(cells[1]).forEach(name -> rows.putIfAbsent(name, row));
        });
        return Map.copyOf(rows);
    }

    private static List<String> words(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(" ", -1));
    }

    /// The row of a name; digits and dots in it may be the version of a `#`.
    static @Nullable Row find(String name) {
        Row row = ROWS.get(name);
        return row != null ? row : ROWS.get(versionless(name));
    }

    /// The first number of a name as `#`: `python3.11-dev` is `python#-dev`.
    private static String versionless(String name) {
        int start = 0;
        while (start < name.length() && !isVersion(name.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < name.length() && isVersion(name.charAt(end))) {
            end++;
        }
        return start == end ? name : name.substring(0, start) + "#" + name.substring(end);
    }

    private static boolean isVersion(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }
}
