package dev.cairn.mapping.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The libraries that packages for development stand for: those that they depend on and that come from the same
/// source; where there are none, those of the other packages for development that they depend on.
final class RuntimeLibraries {
    private static final int DEEPEST = 3;
    private static final int MOST = 6;

    private RuntimeLibraries() {}

    /// Name; libraries in the newest release; the same for each older one. `=` is what the newest has, `-` is a
    /// release that does not have the package or of which its libraries are not known.
    static String rows(List<Index> releases) {
        Set<String> names = new TreeSet<>();
        for (Index each : releases) {
            each.all().stream().filter(Facts::isDevelopment).map(Facts::name).forEach(names::add);
        }
        List<String> rows = new ArrayList<>();
        for (String name : names) {
            List<String> cells = new ArrayList<>();
            for (Index each : releases) {
                String cell = String.join(" ", libraries(each, name, DEEPEST));
                boolean same = !cells.isEmpty() && !cell.isEmpty() && cell.equals(cells.getFirst());
                cells.add(cell.isEmpty() ? "-" : same ? "=" : cell);
            }
            if (cells.stream().anyMatch(each -> !each.equals("-"))) {
                rows.add(name + "\t" + String.join("\t", cells));
            }
        }
        return rows.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static Set<String> libraries(Index index, String name, int depth) {
        Set<String> found = new TreeSet<>();
        Facts development = index.find(name);
        if (development == null) {
            return found;
        }
        for (String each : development.depends()) {
            Facts facts = index.find(each);
            boolean library = facts != null
                    && !facts.isDevelopment()
                    && !facts.libraries().isEmpty()
                    && facts.origin().equals(development.origin());
            if (library) {
                found.add(each);
            }
        }
        for (String each : found.isEmpty() && depth > 0 ? development.depends() : List.<String>of()) {
            if (each.endsWith("-dev") || each.contains("-dev-")) {
                found.addAll(libraries(index, each, depth - 1));
            }
        }
        return found.size() > MOST ? Set.of() : found;
    }
}
