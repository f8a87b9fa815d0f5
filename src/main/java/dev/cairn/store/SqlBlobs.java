package dev.cairn.store;

import dev.cairn.digest.Digest;
import dev.cairn.registry.Blobs;
import dev.cairn.registry.PackageStore;
import dev.cairn.registry.Repository;
import dev.cairn.registry.RepositoryName;
import dev.cairn.registry.StoredBlob;
import dev.cairn.registry.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Blobs: files in a folder, and rows that say which repository has which.
///
/// The order of a write: bytes to the disk, the file into its place, the folder to the disk, then the row. A file
/// without
/// a row is nobody's and is swept; a row without a file is never seen.
public final class SqlBlobs implements Blobs {
    private static final int CACHED = 20_000;
    private static final long CACHED_BYTES = 16 << 20;
    private static final long FRESH_MILLIS = 60_000;

    private static final String FIND = "SELECT b.size, b.file, b.begins, l.touched FROM link l"
            + " JOIN blob b ON b.digest = l.digest WHERE l.repository_id = ? AND l.digest = ?";

    private final Database database;
    private final BlobFolder folder;
    private final FileUploads uploads;
    private final PackageStore packages;
    private final InstantSource clock;
    private final Epochs epochs = new Epochs();
    private final BoundedCache<Key, Kept> cache = new BoundedCache<>(CACHED);
    private final BoundedCache<Path, byte[]> contents = new BoundedCache<>(CACHED_BYTES);
    /// Files that are in their place and whose rows are about to be committed.
    private final Set<String> arriving = ConcurrentHashMap.newKeySet();

    private record Key(long repository, Digest digest) {}

    private record Kept(long epoch, Linked linked) {}

    private record Linked(StoredBlob blob, long touched) {}

    /// Blobs below `root`, in the folders `blobs` and `uploads`.
    public SqlBlobs(Database database, Path root, PackageStore packages, InstantSource clock) throws IOException {
        this.database = database;
        this.folder = new BlobFolder(root.resolve("blobs"));
        this.uploads = new FileUploads(root.resolve("uploads"), this::keep);
        this.packages = packages;
        this.clock = clock;
    }

    BlobFolder folder() {
        return folder;
    }

    FileUploads uploads() {
        return uploads;
    }

    boolean isArriving(String file) {
        return arriving.contains(file);
    }

    /// Links or blobs have been removed.
    void forgetAll() {
        epochs.advanceAll();
    }

    @Override
    public Optional<StoredBlob> find(Repository repository, Digest digest) {
        return linked(repository, digest).map(Linked::blob);
    }

    private Optional<Linked> linked(Repository repository, Digest digest) {
        long epoch = epochs.of(repository.id());
        Key key = new Key(repository.id(), digest);
        Kept kept = cache.get(key);
        if (kept != null && kept.epoch() == epoch) {
            return Optional.of(kept.linked());
        }
        Optional<Linked> found = database.read(sql -> find(sql, repository.id(), digest));
        if (found.isPresent()) {
            cache.put(key, new Kept(epoch, found.get()), 1);
        }
        return found;
    }

    private Optional<Linked> find(Sql sql, long repository, Digest digest) throws SQLException {
        return sql.one(
                FIND,
                row -> new Linked(
                        new StoredBlob(digest, row.getLong(1), folder.path(row.getString(2)), row.getLong(3)),
                        row.getLong(4)),
                repository,
                digest.toString());
    }

    @Override
    public Optional<StoredBlob> touch(Repository repository, Digest digest) {
        long now = clock.millis();
        Optional<Linked> known = linked(repository, digest);
        if (known.isEmpty() || now - known.get().touched() < FRESH_MILLIS) {
            return known.map(Linked::blob);
        }
        Optional<Linked> found = database.write(sql -> {
            sql.update(
                    "UPDATE link SET touched = ? WHERE repository_id = ? AND digest = ?",
                    now,
                    repository.id(),
                    digest.toString());
            return find(sql, repository.id(), digest);
        });
        epochs.advance(repository.id());
        return found.map(Linked::blob);
    }

    @Override
    public byte[] content(StoredBlob blob) throws IOException {
        byte[] kept = contents.get(blob.file());
        if (kept != null && blob.offset() == 0) {
            return kept;
        }
        byte[] bytes;
        if (blob.offset() == 0) {
            bytes = Files.readAllBytes(blob.file());
            contents.put(blob.file(), bytes, bytes.length + 200L);
        } else {
            try (var in = Files.newInputStream(blob.file())) {
                in.skipNBytes(blob.offset());
                bytes = in.readNBytes((int) blob.size());
            }
        }
        return bytes;
    }

    @Override
    public boolean mount(Repository target, Digest digest, Collection<Repository> sources) {
        boolean mounted = database.write(sql -> {
            for (Repository source : sources) {
                if (sql.any(
                        "SELECT 1 FROM link WHERE repository_id = ? AND digest = ?", source.id(), digest.toString())) {
                    link(sql, target.id(), digest);
                    return true;
                }
            }
            return false;
        });
        epochs.advance(target.id());
        return mounted;
    }

    private void link(Sql sql, long repository, Digest digest) throws SQLException {
        long now = clock.millis();
        sql.update("UPDATE blob SET condemned = NULL, touched = ? WHERE digest = ?", now, digest.toString());
        sql.update(
                "INSERT INTO link (repository_id, digest, touched) VALUES (?, ?, ?)"
                        + " ON CONFLICT (repository_id, digest) DO UPDATE SET touched = excluded.touched",
                repository,
                digest.toString(),
                now);
    }

    @Override
    public Collection<Repository> holders(Digest digest, int limit) {
        return database.read(sql -> sql.all(
                "SELECT r.id, r.name, r.is_public FROM link l JOIN repository r ON r.id = l.repository_id"
                        + " WHERE l.digest = ? ORDER BY r.is_public DESC, r.id LIMIT ?",
                row -> new Repository(row.getLong(1), new RepositoryName(row.getString(2)), row.getLong(3) != 0),
                digest.toString(),
                limit));
    }

    @Override
    public boolean unlink(Repository repository, Digest digest) {
        boolean there = database.write(sql -> sql.update(
                        "DELETE FROM link WHERE repository_id = ? AND digest = ?", repository.id(), digest.toString())
                > 0);
        epochs.advance(repository.id());
        return there;
    }

    @Override
    public Upload begin(Repository repository, Digest.Algorithm algorithm) throws IOException {
        return uploads.begin(repository.id(), algorithm);
    }

    @Override
    public Optional<Upload> upload(Repository repository, String id) throws IOException {
        return uploads.find(id)
                .filter(upload -> upload.repository() == repository.id())
                .map(upload -> upload);
    }

    /// Makes a finished upload a blob.
    private StoredBlob keep(FileUpload upload, Digest digest) throws IOException {
        long repository = upload.repository();
        boolean known = database.write(sql -> {
            boolean there = sql.any("SELECT 1 FROM blob WHERE digest = ?", digest.toString());
            if (there) {
                link(sql, repository, digest);
            }
            return there;
        });
        if (!known) {
            place(upload, digest);
        }
        epochs.advance(repository);
        return database.read(sql -> find(sql, repository, digest))
                .map(Linked::blob)
                .orElseThrow(() -> new IOException("blob " + digest + " was deleted while it was pushed"));
    }

    private void place(FileUpload upload, Digest digest) throws IOException {
        String name = folder.newName(digest);
        arriving.add(name);
        try {
            long begins = placeFile(upload, digest, name);
            boolean used = database.write(sql -> insert(sql, upload, digest, name, begins));
            if (!used) {
                folder.delete(name);
            }
        } finally {
            // After a commit that failed nobody knows whether the row is there: the sweep decides what the file is.
            arriving.remove(name);
        }
    }

    private boolean insert(Sql sql, FileUpload upload, Digest digest, String name, long begins) throws SQLException {
        boolean raced = sql.any("SELECT 1 FROM blob WHERE digest = ?", digest.toString());
        if (!raced) {
            sql.update(
                    "INSERT INTO blob (digest, size, file, begins, touched) VALUES (?, ?, ?, ?, ?)",
                    digest.toString(),
                    upload.size(),
                    name,
                    begins,
                    clock.millis());
        }
        link(sql, upload.repository(), digest);
        return !raced;
    }

    /// Puts the bytes into their place on the disk: the uploaded file, or another name of the package that has them.
    private long placeFile(FileUpload upload, Digest digest, String name) throws IOException {
        Optional<PackageStore.Place> held = packages.find(digest, upload.size());
        if (held.isPresent() && hold(held.get(), digest, upload.size(), name)) {
            return held.get().offset();
        }
        try {
            upload.force();
            folder.moveIn(upload.file(), name);
            return 0;
        } catch (IOException e) {
            throw StorageFull.orRefuse(e);
        }
    }

    private boolean hold(PackageStore.Place place, Digest digest, long size, String name) throws IOException {
        try {
            folder.linkIn(place.file(), name);
        } catch (IOException | UnsupportedOperationException e) {
            // another file system, or gone meanwhile: then the copy that was uploaded is kept
            return false;
        }
        boolean same = BlobFolder.hash(folder.path(name), place.offset(), size, digest.algorithm())
                .equals(digest);
        if (!same) {
            folder.delete(name);
        }
        return same;
    }
}
