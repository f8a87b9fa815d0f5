package dev.cairn.image;

import dev.cairn.fetch.FetchException;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The files of packages that a lock names: from their repository, else from an archive of what repositories had.
final class LockedPackages implements PackageFiles {
    private final PackageFiles repository;
    private final @Nullable PackageFiles archive;

    LockedPackages(PackageFiles repository, @Nullable PackageFiles archive) {
        this.repository = repository;
        this.archive = archive;
    }

    @Override
    public PackageFile file(ResolvedPackage wanted) throws IOException {
        try {
            return repository.file(wanted);
        } catch (FetchException e) {
            if (!isGone(e)) {
                throw e;
            }
            return fromArchive(wanted, e);
        }
    }

    private PackageFile fromArchive(ResolvedPackage wanted, FetchException why) throws IOException {
        if (archive == null) {
            throw gone(wanted, wanted.repository(), why);
        }
        try {
            return archive.file(wanted);
        } catch (FetchException e) {
            if (!isGone(e)) {
                throw e;
            }
            throw gone(wanted, wanted.repository() + " and the archive", e);
        }
    }

    private static boolean isGone(FetchException e) {
        return e.code() == FetchException.Code.NOT_FOUND || e.code() == FetchException.Code.OFFLINE;
    }

    private static ImageException gone(ResolvedPackage wanted, String where, FetchException why) {
        boolean offline = why.code() == FetchException.Code.OFFLINE;
        ImageException gone = new ImageException(
                ImageException.Code.PACKAGE_GONE,
                wanted.name() + " " + wanted.version() + ", which the lock names, is "
                        + (offline ? "not on this machine" : "no longer to be had from " + where) + ": "
                        + String.valueOf(why.getMessage()).lines().findFirst().orElse("")
                        + "\ntry: --bundle DIR, a folder that cairn lock --bundle made while it was there"
                        + "\ntry: --archive URL, a service that keeps archives by date"
                        + " (its address ends like archive/debian/DATE)"
                        + "\ntry: cairn lock, which takes today's versions");
        gone.initCause(why);
        return gone;
    }
}
