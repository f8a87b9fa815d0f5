package dev.cairn.image;

import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;

/// Where packages' files come from: the repositories, or the cache by the digests of a lock.
interface PackageFiles {
    /// The package's checked file.
    PackageFile file(ResolvedPackage wanted) throws IOException;
}
