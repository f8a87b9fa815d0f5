package dev.cairn.mapping.derive;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One distribution's packages, and who provides what.
final class Index {
    private final NavigableMap<String, Facts> packages = new TreeMap<>();
    private final TreeSet<String> virtuals = new TreeSet<>();
    private final Map<Function<Facts, ? extends Collection<String>>, Map<String, Set<String>>> providers =
            new HashMap<>();

    Facts facts(String name) {
        return packages.computeIfAbsent(name, Facts::new);
    }

    @Nullable
    Facts find(String name) {
        return packages.get(name);
    }

    boolean has(String name) {
        return packages.containsKey(name);
    }

    Collection<Facts> all() {
        return packages.values();
    }

    /// A name that some package provides.
    void virtual(String name) {
        if (!name.isEmpty()) {
            virtuals.add(name);
        }
    }

    /// Every name that can be asked for: of packages, and those that they provide.
    Collection<String> names() {
        TreeSet<String> names = new TreeSet<>(packages.keySet());
        names.addAll(virtuals);
        return names;
    }

    /// The packages of `other` that are not here yet come in.
    void addMissing(Index other) {
        other.packages.forEach(packages::putIfAbsent);
        virtuals.addAll(other.virtuals);
    }

    /// The names of the packages that provide `thing`; the index is complete when this is first asked.
    Collection<String> providers(Function<Facts, ? extends Collection<String>> kind, String thing) {
        Map<String, Set<String>> inverted = providers.computeIfAbsent(kind, this::invert);
        Set<String> found = inverted.get(thing);
        return found == null ? List.of() : found;
    }

    private Map<String, Set<String>> invert(Function<Facts, ? extends Collection<String>> kind) {
        Map<String, Set<String>> inverted = new HashMap<>();
        for (Facts each : packages.values()) {
            for (String thing : kind.apply(each)) {
                inverted.computeIfAbsent(thing, key -> new TreeSet<>()).add(each.name());
            }
        }
        return inverted;
    }
}
