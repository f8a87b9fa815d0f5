package dev.cairn.scan;

import dev.cairn.sbom.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Two images held against each other: what the second one has rid itself of.
///
/// @param before the first
/// @param after the second
/// @param removed findings that count in the first only
/// @param added findings that count in the second only
/// @param kept findings that count in both, as the second has them
public record Comparison(
        ScanResult before, ScanResult after, List<Finding> removed, List<Finding> added, List<Finding> kept) {
    public Comparison {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        kept = List.copyOf(kept);
    }

    /// Compares. A flaw in one source package is the same finding in both, also where they take facts from different
    /// branches.
    public static Comparison of(ScanResult before, ScanResult after) {
        Map<String, Finding> first = counted(before);
        Map<String, Finding> second = counted(after);
        List<Finding> removed = new ArrayList<>();
        List<Finding> kept = new ArrayList<>();
        first.forEach((key, finding) -> {
            Finding other = second.remove(key);
            if (other == null) {
                removed.add(finding);
            } else {
                kept.add(other);
            }
        });
        return new Comparison(before, after, removed, new ArrayList<>(second.values()), kept);
    }

    private static Map<String, Finding> counted(ScanResult result) {
        Map<String, Finding> map = new LinkedHashMap<>();
        result.counted().forEach(finding -> map.put(finding.key(), finding));
        return map;
    }

    /// The packages of one that the other does not have, by name and kind.
    public static Set<String> packagesOnlyIn(ScanResult one, ScanResult other) {
        Set<String> names = names(one);
        names.removeAll(names(other));
        return names;
    }

    private static Set<String> names(ScanResult result) {
        Set<String> names = new TreeSet<>();
        for (Component component : result.sbom().components()) {
            names.add(component.fullName());
        }
        return names;
    }

    /// A property of the image, such as its size; empty where the bill does not say.
    public static String property(ScanResult result, String name) {
        return result.sbom().subject().properties().getOrDefault(name, "");
    }
}
