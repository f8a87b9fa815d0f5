package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Variant;
import dev.cairn.packages.Ecosystem;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/// What a distribution's package manager and maintainer scripts would have left behind: the package database, links,
/// and in a dev variant all that the package manager needs to go on.
sealed interface DistributionFiles permits ApkFiles, DebianFiles {

    /// Adds the files to the top layer.
    void write(ImageTree tree, Captured captured) throws IOException;

    /// The public keys that a dev variant's package manager trusts: file name → content.
    interface Keys {
        /// The keys of a definition.
        SortedMap<String, byte[]> keys(Definition definition) throws IOException;
    }

    /// Those of a selection's packages.
    static DistributionFiles of(Selection selection, Definition definition, Keys keys) {
        List<InstalledPackage> packages = selection.packages();
        boolean dev = selection.variant() == Variant.DEV;
        boolean apk = definition.ecosystem().orElse(Ecosystem.APK) == Ecosystem.APK;
        return apk ? new ApkFiles(selection, definition, keys, dev) : new DebianFiles(packages, definition, keys, dev);
    }
}
