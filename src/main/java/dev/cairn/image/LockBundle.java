package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.PackageSource;
import java.io.IOException;

/// Keeps what a lock names: asks repositories that keep what they are asked for ([dev.cairn.fetch.Bundle]) for every
/// index of the definition and every package of the lock, each checked as in a build.
public final class LockBundle {
    private final Repositories keeping;

    /// A bundle that these repositories fill.
    public LockBundle(Repositories keeping) {
        this.keeping = keeping;
    }

    /// Asks for all of it.
    public void keep(Definition definition, Lock lock) throws IOException {
        for (Lock.Target target : lock.images()) {
            PackageSource source = keeping.open(definition.withVariant(target.variant()), target.architecture());
            for (Lock.Locked each : target.packages()) {
                if (!source.lists(each.resolved())) {
                    throw drift(each, "is no longer what " + each.resolved().repository() + " lists");
                }
                PackageFile file = source.file(each.resolved());
                if (!file.digest().equals(each.sha256())) {
                    throw drift(each, "is now " + file.digest() + ", locked was " + each.sha256());
                }
            }
        }
    }

    private static ImageException drift(Lock.Locked each, String problem) {
        return new ImageException(
                ImageException.Code.LOCK_DRIFT, each.resolved() + " " + problem + "\ntry: cairn lock once more");
    }
}
