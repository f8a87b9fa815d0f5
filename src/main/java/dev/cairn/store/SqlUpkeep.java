package dev.cairn.store;

import dev.cairn.digest.Digest;
import dev.cairn.registry.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Garbage collection by states that are rows: linked → unlinked, live → condemned → deleted. Each step is a
/// transaction
/// that asks anew whether it still holds, so that a push, a mount or a HEAD in between wins. A file goes only after the
/// commit that says so, and under a name that no later push uses.
public final class SqlUpkeep implements Upkeep {
    /// How many rows one transaction takes at most: a push waits no longer than for these.
    private static final int BATCH = 200;

    private final Database database;
    private final SqlBlobs blobs;
    private final InstantSource clock;

    /// Upkeep of these blobs.
    public SqlUpkeep(Database database, SqlBlobs blobs, InstantSource clock) {
        this.database = database;
        this.blobs = blobs;
        this.clock = clock;
    }

    private record File(String digest, String name) {}

    @Override
    public Collected collect(Duration grace) throws IOException {
        Instant now = clock.instant();
        Instant before = now.minus(grace);
        long unlinked = unlink(before.toEpochMilli());
        long condemned = condemn(now.toEpochMilli(), before.toEpochMilli());
        long deleted = 0;
        long freed = 0;
        for (List<File> files = delete(before.toEpochMilli()); !files.isEmpty(); ) {
            blobs.forgetAll();
            for (File file : files) {
                freed += blobs.folder().delete(file.name());
            }
            deleted += files.size();
            files = delete(before.toEpochMilli());
        }
        long uploads = blobs.uploads().expire(before);
        Swept swept = sweep(before);
        return new Collected(unlinked, condemned, deleted, uploads, swept.files, freed + uploads + swept.bytes);
    }

    /// Takes from repositories the blobs that none of their manifests names.
    private long unlink(long before) {
        long sum = 0;
        long count;
        do {
            count = database.write(sql -> sql.update(
                    "DELETE FROM link WHERE (repository_id, digest) IN (SELECT l.repository_id, l.digest FROM link l"
                            + " WHERE l.touched <= ? AND NOT EXISTS (SELECT 1 FROM reference r"
                            + " WHERE r.digest = l.digest AND r.repository_id = l.repository_id) LIMIT ?)",
                    before,
                    BATCH));
            sum += count;
            blobs.forgetAll();
        } while (count == BATCH);
        return sum;
    }

    private long condemn(long now, long before) {
        return database.write(sql -> (long) sql.update(
                "UPDATE blob SET condemned = ? WHERE condemned IS NULL AND touched <= ?"
                        + " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.digest = blob.digest)",
                now,
                before));
    }

    /// Deletes the rows of blobs that were condemned before this moment and that nobody has revived.
    private List<File> delete(long before) {
        return database.write(sql -> {
            List<File> files = sql.all(
                    "SELECT digest, file FROM blob WHERE condemned <= ?"
                            + " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.digest = blob.digest) LIMIT ?",
                    row -> new File(row.getString(1), row.getString(2)),
                    before,
                    BATCH);
            for (File file : files) {
                sql.update("DELETE FROM blob WHERE digest = ?", file.digest());
            }
            return files;
        });
    }

    private static final class Swept {
        private long files;
        private long bytes;
    }

    /// Deletes files that have no row: a crash came between the file and its commit, or between a commit and the file.
    private Swept sweep(Instant before) throws IOException {
        Swept swept = new Swept();
        blobs.folder().forEach(name -> {
            if (isOrphan(name, before)) {
                swept.bytes += blobs.folder().delete(name);
                swept.files++;
            }
        });
        return swept;
    }

    private boolean isOrphan(String name, Instant before) throws IOException {
        if (blobs.isArriving(name)) {
            return false;
        }
        try {
            // a package's second name has the package's time, which says nothing: the row decides
            FileTime changed = (FileTime) Files.getAttribute(blobs.folder().path(name), "unix:ctime");
            if (changed.toInstant().isAfter(before)) {
                return false;
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return !database.read(sql -> hasRow(sql, name));
    }

    private static boolean hasRow(Sql sql, String name) throws SQLException {
        String hex = name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'));
        String digest = name.substring(0, name.indexOf('/')) + ":" + hex;
        return sql.any("SELECT 1 FROM blob WHERE digest = ? AND file = ?", digest, name);
    }

    private record Row(Digest digest, String file, long size, long begins) {}

    @Override
    public Scrubbed scrub(boolean remove) throws IOException {
        List<Digest> damaged = new ArrayList<>();
        long count = 0;
        long bytes = 0;
        String last = "";
        for (List<Row> rows = rows(last); !rows.isEmpty(); rows = rows(last)) {
            for (Row row : rows) {
                if (!isIntact(row) && database.read(sql -> hasRow(sql, row.file()))) {
                    damaged.add(row.digest());
                    if (remove) {
                        remove(row);
                    }
                }
                count++;
                bytes += row.size();
            }
            last = rows.getLast().digest().toString();
        }
        damaged.addAll(damagedDocuments());
        return new Scrubbed(count, bytes, damaged);
    }

    private List<Row> rows(String last) {
        return database.read(sql -> sql.all(
                "SELECT digest, file, size, begins FROM blob WHERE digest > ? ORDER BY digest LIMIT ?",
                row -> new Row(Digest.parse(row.getString(1)), row.getString(2), row.getLong(3), row.getLong(4)),
                last,
                BATCH));
    }

    private boolean isIntact(Row row) throws IOException {
        try {
            return BlobFolder.hash(
                            blobs.folder().path(row.file()),
                            row.begins(),
                            row.size(),
                            row.digest().algorithm())
                    .equals(row.digest());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void remove(Row row) throws IOException {
        String digest = row.digest().toString();
        database.write(sql -> {
            sql.update("DELETE FROM link WHERE digest = ?", digest);
            return sql.update("DELETE FROM blob WHERE digest = ? AND file = ?", digest, row.file());
        });
        blobs.forgetAll();
        blobs.folder().delete(row.file());
    }

    private List<Digest> damagedDocuments() {
        List<Digest> damaged = new ArrayList<>();
        long last = 0;
        List<Long> ids;
        do {
            long from = last;
            ids = database.read(sql -> sql.all(
                    "SELECT id, digest, bytes FROM document WHERE id > ? ORDER BY id LIMIT 50",
                    row -> {
                        Digest digest = Digest.parse(row.getString(2));
                        if (!Digest.of(digest.algorithm(), row.getBytes(3)).equals(digest)) {
                            damaged.add(digest);
                        }
                        return row.getLong(1);
                    },
                    from));
            last = ids.isEmpty() ? last : ids.getLast();
        } while (!ids.isEmpty());
        return damaged;
    }
}
