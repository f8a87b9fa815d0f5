package dev.cairn.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How an image differs from another.
///
/// @param packages packages that were added, removed or changed, by name
/// @param settings what the configuration and the traits say, where they differ, in a fixed order
/// @param files paths that were added, removed or changed, sorted
public record ImageDifference(
        List<Change<FoundPackage>> packages, List<Setting> settings, SortedMap<String, Change<FileState>> files) {
    public ImageDifference {
        packages = List.copyOf(packages);
        settings = List.copyOf(settings);
        files = Collections.unmodifiableSortedMap(files);
    }

    /// One thing that differs; before or after is null where it was added or removed.
    public record Change<T>(
            String name, @Nullable T before, @Nullable T after) {
        /// `+`, `-` or `~`.
        public char sign() {
            return before == null ? '+' : after == null ? '-' : '~';
        }
    }

    /// A setting that differs, as text.
    public record Setting(String name, String before, String after) {}

    /// Whether there is none.
    public boolean isEmpty() {
        return packages.isEmpty() && settings.isEmpty() && files.isEmpty();
    }

    /// How `after` differs from `before`; both were inspected with contents.
    public static ImageDifference of(ImageContents before, ImageContents after) {
        return new ImageDifference(packages(before, after), settings(before, after), files(before, after));
    }

    /// Packages by name and format; several of one name (architectures) are compared as a set.
    private static List<Change<FoundPackage>> packages(ImageContents before, ImageContents after) {
        TreeMap<String, List<FoundPackage>> old = byName(before.packages());
        TreeMap<String, List<FoundPackage>> now = byName(after.packages());
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<Change<FoundPackage>> changes = new ArrayList<>();
        for (String name : names) {
            List<FoundPackage> gone = new ArrayList<>(old.getOrDefault(name, List.of()));
            List<FoundPackage> come = new ArrayList<>(now.getOrDefault(name, List.of()));
            List<FoundPackage> kept = List.copyOf(gone);
            gone.removeAll(come);
            come.removeAll(kept);
            for (int i = 0; i < Math.max(gone.size(), come.size()); i++) {
                changes.add(new Change<>(
                        name.substring(0, name.indexOf(' ')),
                        i < gone.size() ? gone.get(i) : null,
                        i < come.size() ? come.get(i) : null));
            }
        }
        return changes;
    }

    private static TreeMap<String, List<FoundPackage>> byName(List<FoundPackage> packages) {
        TreeMap<String, List<FoundPackage>> byName = new TreeMap<>();
        packages.forEach(each -> byName.computeIfAbsent(each.name() + " " + each.ecosystem(), name -> new ArrayList<>())
                .add(each));
        return byName;
    }

    private static List<Setting> settings(ImageContents before, ImageContents after) {
        Map<String, String> old = Settings.of(before);
        Map<String, String> now = Settings.of(after);
        Map<String, String> names = new LinkedHashMap<>(old);
        now.forEach(names::putIfAbsent);
        List<Setting> differing = new ArrayList<>();
        for (String name : names.keySet()) {
            String was = old.getOrDefault(name, "");
            String is = now.getOrDefault(name, "");
            if (!was.equals(is)) {
                differing.add(new Setting(name, was, is));
            }
        }
        return differing;
    }

    private static SortedMap<String, Change<FileState>> files(ImageContents before, ImageContents after) {
        SortedMap<String, Change<FileState>> changes = new TreeMap<>();
        before.files().forEach((path, old) -> {
            FileState now = after.files().get(path);
            if (!Objects.equals(old, now)) {
                changes.put(path, new Change<>(path, old, now));
            }
        });
        after.files().forEach((path, now) -> {
            if (!before.files().containsKey(path)) {
                changes.put(path, new Change<>(path, null, now));
            }
        });
        return changes;
    }
}
