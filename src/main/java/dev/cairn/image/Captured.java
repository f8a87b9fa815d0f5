package dev.cairn.image;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The small files that packages bring and generated files are made of, by path; the later package wins.
final class Captured {
    private final SortedMap<String, byte[]> contents = new TreeMap<>();

    Captured(List<InstalledPackage> packages) {
        packages.forEach(each -> contents.putAll(each.facts().captured()));
    }

    /// A file's content, or null when no package brings it.
    byte @Nullable [] find(String path) {
        return contents.get(path);
    }

    /// Every file below a directory, sorted by path.
    SortedMap<String, byte[]> below(String directory) {
        return contents.subMap(directory + "/", directory + "0");
    }
}
