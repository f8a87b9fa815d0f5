package dev.cairn.advisory;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.ContentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folder that the database is in: files named by their digests, and `current`, which lists those that count and
/// is replaced in one step. A reader sees the database before an update or after it.
public final class AdvisoryStore {
    private static final String CURRENT = "current";
    private static final long LONGEST = 16 << 20;

    private final Path folder;
    private final ContentStore content;

    /// The database in this folder, which need not exist yet.
    public AdvisoryStore(Path folder) {
        this.folder = folder;
        this.content = new CacheDirectory(folder).content();
    }

    /// Where it is.
    public Path folder() {
        return folder;
    }

    /// Opens it.
    ///
    /// @throws AdvisoryException `NO_DATABASE` when there is none
    public AdvisoryDatabase open() throws IOException {
        DatabaseManifest manifest = read();
        if (manifest == null) {
            throw new AdvisoryException(
                    AdvisoryException.Code.NO_DATABASE,
                    "there is no advisory database in " + folder + "\ntry: cairn advisory update");
        }
        return AdvisoryDatabase.of(manifest, this);
    }

    /// What the database is made of, or null when there is none.
    public @Nullable DatabaseManifest read() throws IOException {
        Path file = folder.resolve(CURRENT);
        try {
            if (Files.size(file) > LONGEST) {
                throw Part.damaged(file.toString(), "is too long");
            }
            return DatabaseManifest.parse(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    ContentStore content() {
        return content;
    }

    /// The file with this digest.
    ///
    /// @throws AdvisoryException `DAMAGED` when it is not here, or not what it was
    Path require(Digest digest, String what) throws IOException {
        return content.find(digest)
                .orElseThrow(() -> Part.damaged(what, "(" + digest + ") is missing or not what it was"));
    }

    /// Makes `next` the database, and deletes the files that only the one before used.
    void replace(DatabaseManifest next, @Nullable DatabaseManifest before) throws IOException {
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, ".current-", "");
        try {
            Files.write(beside, next.toBytes());
            Files.move(beside, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        if (before != null) {
            Set<Digest> kept = digests(next);
            for (Digest old : digests(before)) {
                if (!kept.contains(old)) {
                    content.remove(old);
                }
            }
        }
    }

    private static Set<Digest> digests(DatabaseManifest manifest) {
        Set<Digest> digests = new HashSet<>();
        manifest.parts().forEach(part -> digests.add(part.digest()));
        if (manifest.scores() != null) {
            digests.add(manifest.scores());
        }
        return digests;
    }
}
