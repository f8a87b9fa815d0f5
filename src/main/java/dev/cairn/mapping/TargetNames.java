package dev.cairn.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The names that a target distribution has: the shipped list, or the catalogue's own repositories.
final class TargetNames {
    private static final int NEAREST = 5;
    private static final TargetNames ALPINE = shipped("alpine-names.txt");
    private static final TargetNames WOLFI = shipped("wolfi-names.txt");

    private final Predicate<String> has;
    private final Iterable<String> all;
    private volatile @Nullable Map<String, List<String>> stems;

    private TargetNames(Predicate<String> has, Iterable<String> all) {
        this.has = has;
        this.all = all;
    }

    static TargetNames of(Set<String> names) {
        return new TargetNames(names::contains, names);
    }

    static TargetNames of(Predicate<String> exists) {
        return new TargetNames(exists, List.of());
    }

    static TargetNames of(Distribution distribution) {
        return distribution == Distribution.ALPINE ? ALPINE : WOLFI;
    }

    private static TargetNames shipped(String resource) {
        SortedLines lines = new SortedLines(Resource.bytes(resource));
        Iterable<String> all = () -> {
            List<String> names = new ArrayList<>();
            lines.forEachKey(names::add);
            return names.iterator();
        };
        return new TargetNames(name -> lines.find(name) != null, all);
    }

    /// The names by their stems, made when the first unknown name wants them.
    private Map<String, List<String>> stems() {
        Map<String, List<String>> made = stems;
        if (made == null) {
            made = new HashMap<>();
            for (String each : all) {
                made.computeIfAbsent(NameRules.stem(each), key -> new ArrayList<>(1))
                        .add(each);
            }
            stems = made;
        }
        return made;
    }

    boolean has(String name) {
        return has.test(name);
    }

    /// Names that share their beginning or their stem with `name`.
    List<String> nearest(String name) {
        String stem = NameRules.stem(name);
        if (stem.length() < 3) {
            return List.of();
        }
        List<String> found = new ArrayList<>(stems().getOrDefault(stem, List.of()));
        found.sort((a, b) -> {
            int order = Integer.compare(Math.abs(a.length() - name.length()), Math.abs(b.length() - name.length()));
            return order != 0 ? order : a.compareTo(b);
        });
        return List.copyOf(found.subList(0, Math.min(NEAREST, found.size())));
    }
}
