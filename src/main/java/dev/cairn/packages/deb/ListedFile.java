package dev.cairn.packages.deb;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.FetchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// A file that a signed Release file lists.
///
/// @param address where it is by its name
/// @param digest its digest
/// @param size its size
/// @param byHash whether it is to be had by its digest, too, where an update of the archive does not change it
record ListedFile(URI address, Digest digest, long size, boolean byHash) {

    /// The file at this path below the suite; the Release file must list it.
    static ListedFile of(URI suite, Release release, String path) {
        Release.Listed listed = release.files().get(path);
        if (listed == null) {
            throw new IllegalStateException(path);
        }
        return new ListedFile(suite.resolve(path), listed.digest(), listed.size(), release.byHash());
    }

    /// Its name and folder as a person looks for it: `main/Contents-amd64.gz`.
    String fileName() {
        String path = address.getPath();
        int folder = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
        return path.substring(folder + 1);
    }

    /// Fetches it by its digest, and by its name where that is not to be had.
    Path download(Downloader downloader) throws IOException {
        if (byHash) {
            try {
                return downloader.download(address.resolve("by-hash/SHA256/" + digest.hex()), digest, size);
            } catch (FetchException e) {
                if (e.code() != FetchException.Code.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return downloader.download(address, digest, size);
    }
}
