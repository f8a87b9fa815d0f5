package dev.cairn.inspect;

import dev.cairn.packages.Ecosystem;
import java.util.Comparator;

/// A package that an image's package database lists.
///
/// @param ecosystem which database
/// @param name its name
/// @param version its version, as its package manager writes it
/// @param architecture what it is built for
/// @param origin the source package that it is built from
/// @param originVersion the source package's version
/// @param licence what the database says of its licence; dpkg's says nothing
public record FoundPackage(
        Ecosystem ecosystem,
        String name,
        String version,
        String architecture,
        String origin,
        String originVersion,
        String licence)
        implements Comparable<FoundPackage> {
    private static final Comparator<FoundPackage> ORDER = Comparator.comparing(FoundPackage::name)
            .thenComparing(FoundPackage::architecture)
            .thenComparing(FoundPackage::version)
            .thenComparing(FoundPackage::ecosystem);

    @Override
    public int compareTo(FoundPackage other) {
        return ORDER.compare(this, other);
    }

    /// `name version`.
    @Override
    public String toString() {
        return name + " " + version;
    }
}
