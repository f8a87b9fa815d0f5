package dev.cairn.image;

import dev.cairn.image.layer.PackageFacts;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A package of an image: what was resolved, its checked file, and what is known of its content.
///
/// @param resolved the resolver's choice
/// @param file the package's file
/// @param facts its layer and contents
public record InstalledPackage(ResolvedPackage resolved, PackageFile file, PackageFacts facts) {

    /// The package's name.
    public String name() {
        return resolved.name();
    }

    /// Whether this package may replace files of another: it says so, or both were built from one source.
    boolean mayReplace(InstalledPackage other) {
        return resolved.origin().equals(other.resolved.origin()) || replaces().contains(other.name());
    }

    /// The names of the packages whose files it declares to replace (deb `Replaces:`, apk `replaces`).
    private List<String> replaces() {
        List<String> names = new ArrayList<>();
        for (String line : new String(facts.stanza().plain(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith("Replaces: ")) {
                for (String relation : line.substring(10).split(",", -1)) {
                    names.add(relationName(relation.strip()));
                }
            } else if (line.startsWith("r:")) {
                for (String relation : line.substring(2).split(" ", -1)) {
                    names.add(relationName(relation));
                }
            }
        }
        return names;
    }

    private static String relationName(String relation) {
        int end = 0;
        while (end < relation.length() && " (=<>~:".indexOf(relation.charAt(end)) < 0) {
            end++;
        }
        return relation.substring(0, end);
    }

    /// Two are equal when their files are: comparing the facts would be slow and say nothing more.
    @Override
    public boolean equals(Object other) {
        return other instanceof InstalledPackage that
                && resolved.equals(that.resolved)
                && file.digest().equals(that.file.digest());
    }

    @Override
    public int hashCode() {
        return file.digest().hashCode();
    }

    @Override
    public String toString() {
        return resolved.pin();
    }
}
