package dev.cairn.packages.apk;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Remembers when the newest index was made that has been accepted from each repository, so that a mirror (or whoever
/// sits before it) cannot serve an older signed one with packages that are known to be vulnerable.
final class IndexHistory {
    private static final String KIND = "apk-index-time-1";

    private final RecordStore records;

    IndexHistory(RecordStore records) {
        this.records = records;
    }

    /// Accepts an index, or refuses it for being older than one before it. Indexes of local folders, and those that do
    /// not tell their time, are always accepted.
    ///
    /// @throws ApkException ([ApkException.Code#ROLLBACK])
    void accept(ApkRepository repository, String architecture, IndexFile index) throws IOException {
        if (repository.isLocal() || index.key == null || index.time == 0) {
            return;
        }
        Digest key = Digest.of((repository.address() + " " + architecture).getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> seen = records.read(KIND, key);
        long newest = seen.isPresent() ? Long.parseLong(new String(seen.get(), StandardCharsets.US_ASCII)) : 0;
        if (index.time < newest) {
            throw new ApkException(
                    ApkException.Code.ROLLBACK,
                    repository.index(architecture) + " was made at " + Instant.ofEpochSecond(index.time)
                            + ", before the one of " + Instant.ofEpochSecond(newest)
                            + " that was accepted earlier\ntry: again later, or another mirror; if the repository was"
                            + " really set back, cairn cache clean forgets the newer one");
        }
        if (index.time > newest) {
            records.write(KIND, key, Long.toString(index.time).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
