package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Garbage collection and scrubbing. Both run beside pushes and pulls.
public interface Upkeep {
    /// What a collection did.
    ///
    /// @param unlinked links of repositories to blobs that none of their manifests names
    /// @param condemned blobs that no repository has, which the next collection deletes
    /// @param deleted blobs that were deleted
    /// @param uploads bytes of uploads that nobody went on with
    /// @param orphans files without a row, left by a crash
    /// @param freed bytes that the disk has back
    record Collected(long unlinked, long condemned, long deleted, long uploads, long orphans, long freed) {}

    /// Deletes what nobody can reach any more.
    ///
    /// @param grace how long something must have been untouched: longer than any push takes
    Collected collect(Duration grace) throws IOException;

    /// What a scrub found.
    ///
    /// @param blobs how many blobs were read
    /// @param bytes how many bytes
    /// @param damaged blobs whose bytes are not those of their digest, or are not there
    record Scrubbed(long blobs, long bytes, List<Digest> damaged) {
        public Scrubbed {
            damaged = List.copyOf(damaged);
        }
    }

    /// Reads every blob and every manifest and compares its digest.
    ///
    /// @param remove whether damaged blobs are taken away, so that the next push brings them anew
    Scrubbed scrub(boolean remove) throws IOException;
}
