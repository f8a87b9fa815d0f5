package dev.cairn.oci.layout;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/// Names for what is written beside its target before it is moved there.
final class TemporaryName {
    private TemporaryName() {}

    /// A hidden sibling of `target` that no other writer picks.
    static Path beside(Path target) {
        return target.resolveSibling("." + target.getFileName() + "."
                + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36) + ".part");
    }
}
