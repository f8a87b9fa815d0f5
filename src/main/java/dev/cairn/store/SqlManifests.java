package dev.cairn.store;

import dev.cairn.digest.Digest;
import dev.cairn.registry.ManifestFacts;
import dev.cairn.registry.Manifests;
import dev.cairn.registry.Repository;
import dev.cairn.registry.StoredManifest;
import dev.cairn.registry.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Manifests and tags in SQL: the documents themselves are rows, so that a manifest, its tags and its references to
/// blobs appear in one transaction.
public final class SqlManifests implements Manifests {
    /// Bytes of manifests that are kept in memory.
    private static final long CACHED = 16 << 20;
    /// What an entry costs beside the manifest itself, about.
    private static final int OVERHEAD = 400;

    private static final String COLUMNS = "SELECT d.digest, m.media_type, d.bytes FROM manifest m"
            + " JOIN document d ON d.id = m.document_id WHERE m.repository_id = ? AND ";

    private final Database database;
    private final InstantSource clock;
    private final Epochs epochs = new Epochs();
    private final BoundedCache<Key, Kept> cache = new BoundedCache<>(CACHED);

    /// `reference` is a tag or a digest, which no tag can be mistaken for.
    private record Key(long repository, String reference) {}

    private record Kept(long epoch, StoredManifest manifest) {}

    /// Manifests in this database.
    public SqlManifests(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<StoredManifest> find(Repository repository, String tag) {
        return find(
                repository,
                tag,
                COLUMNS + "m.document_id = (SELECT document_id FROM tag WHERE repository_id = ? AND name = ?)",
                repository.id(),
                repository.id(),
                tag);
    }

    @Override
    public Optional<StoredManifest> find(Repository repository, Digest digest) {
        return find(
                repository,
                digest.toString(),
                COLUMNS + "m.document_id = (SELECT id FROM document WHERE digest = ?)",
                repository.id(),
                digest.toString());
    }

    private Optional<StoredManifest> find(Repository repository, String reference, String sql, Object... arguments) {
        long epoch = epochs.of(repository.id());
        Key key = new Key(repository.id(), reference);
        Kept kept = cache.get(key);
        if (kept != null && kept.epoch() == epoch) {
            return Optional.of(kept.manifest());
        }
        Optional<StoredManifest> found = database.read(s -> s.one(sql, SqlManifests::read, arguments));
        if (found.isPresent()) {
            StoredManifest manifest = found.get();
            cache.put(key, new Kept(epoch, manifest), manifest.bytes().length + OVERHEAD);
        }
        return found;
    }

    private static StoredManifest read(ResultSet row) throws SQLException {
        return new StoredManifest(Digest.parse(row.getString(1)), row.getString(2), row.getBytes(3));
    }

    @Override
    public Outcome put(Repository repository, Push push) {
        Outcome outcome = database.write(sql -> put(sql, repository, push));
        epochs.advance(repository.id());
        return outcome;
    }

    private Outcome put(Sql sql, Repository repository, Push push) throws SQLException {
        List<Digest> missing = missing(sql, repository, push.facts());
        if (!missing.isEmpty()) {
            return new Outcome.Missing(missing);
        }
        String digest = push.manifest().digest().toString();
        long present = sql.number("SELECT id FROM document WHERE digest = ?", digest);
        for (String tag : push.tags()) {
            if (Tags.isImmutable(tag) && namesAnother(sql, repository, tag, present)) {
                return new Outcome.Immutable(tag);
            }
        }
        long document = present == 0 ? insertDocument(sql, digest, push.manifest()) : present;
        insertManifest(sql, repository, document, push);
        for (String tag : push.tags()) {
            move(sql, repository, tag, document, digest, push.by());
        }
        return new Outcome.Kept();
    }

    private static List<Digest> missing(Sql sql, Repository repository, ManifestFacts facts) throws SQLException {
        List<Digest> missing = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        for (Digest blob : facts.blobs()) {
            if (seen.add(blob)
                    && !sql.any(
                            "SELECT 1 FROM link WHERE repository_id = ? AND digest = ?",
                            repository.id(),
                            blob.toString())) {
                missing.add(blob);
            }
        }
        return missing;
    }

    private static boolean namesAnother(Sql sql, Repository repository, String tag, long document) throws SQLException {
        return sql.any(
                "SELECT 1 FROM tag WHERE repository_id = ? AND name = ? AND document_id <> ?",
                repository.id(),
                tag,
                document);
    }

    private static long insertDocument(Sql sql, String digest, StoredManifest manifest) throws SQLException {
        long id = sql.nextId("document");
        sql.update("INSERT INTO document (id, digest, bytes) VALUES (?, ?, ?)", id, digest, manifest.bytes());
        return id;
    }

    private void insertManifest(Sql sql, Repository repository, long document, Push push) throws SQLException {
        ManifestFacts facts = push.facts();
        Digest subject = facts.subject();
        sql.update(
                "INSERT INTO manifest (repository_id, document_id, media_type, artifact_type, subject, descriptor,"
                        + " created) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (repository_id, document_id) DO UPDATE"
                        + " SET media_type = excluded.media_type, artifact_type = excluded.artifact_type,"
                        + " descriptor = excluded.descriptor",
                repository.id(),
                document,
                facts.mediaType(),
                facts.artifactType(),
                subject == null ? null : subject.toString(),
                subject == null ? null : ReferrerJson.of(push.manifest(), facts),
                clock.millis());
        for (Digest blob : new HashSet<>(facts.blobs())) {
            sql.update(
                    "INSERT INTO reference (repository_id, document_id, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    repository.id(),
                    document,
                    blob.toString());
        }
    }

    private void move(Sql sql, Repository repository, String tag, long document, String digest, String by)
            throws SQLException {
        if (sql.any(
                "SELECT 1 FROM tag WHERE repository_id = ? AND name = ? AND document_id = ?",
                repository.id(),
                tag,
                document)) {
            return;
        }
        long now = clock.millis();
        sql.update(
                "INSERT INTO tag (repository_id, name, document_id, updated) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (repository_id, name) DO UPDATE"
                        + " SET document_id = excluded.document_id, updated = excluded.updated",
                repository.id(),
                tag,
                document,
                now);
        record(sql, repository, tag, digest, now, by);
    }

    private static void record(Sql sql, Repository repository, String tag, @Nullable String digest, long at, String by)
            throws SQLException {
        sql.update(
                "INSERT INTO tag_move (id, repository_id, name, digest, at, account) VALUES (?, ?, ?, ?, ?, ?)",
                sql.nextId("tag_move"),
                repository.id(),
                tag,
                digest,
                at,
                by);
    }

    @Override
    public boolean delete(Repository repository, Digest digest, String by) {
        boolean deleted = database.write(sql -> delete(sql, repository, digest, by));
        epochs.advance(repository.id());
        return deleted;
    }

    private boolean delete(Sql sql, Repository repository, Digest digest, String by) throws SQLException {
        long document = sql.number("SELECT id FROM document WHERE digest = ?", digest.toString());
        Object[] key = {repository.id(), document};
        for (String tag : sql.all(
                "SELECT name FROM tag WHERE repository_id = ? AND document_id = ?", row -> row.getString(1), key)) {
            deleteTag(sql, repository, tag, by);
        }
        sql.update("DELETE FROM reference WHERE repository_id = ? AND document_id = ?", key);
        boolean deleted = sql.update("DELETE FROM manifest WHERE repository_id = ? AND document_id = ?", key) > 0;
        if (deleted && !sql.any("SELECT 1 FROM manifest WHERE document_id = ?", document)) {
            sql.update("DELETE FROM document WHERE id = ?", document);
        }
        return deleted;
    }

    @Override
    public boolean deleteTag(Repository repository, String tag, String by) {
        boolean deleted = database.write(sql -> deleteTag(sql, repository, tag, by));
        epochs.advance(repository.id());
        return deleted;
    }

    private boolean deleteTag(Sql sql, Repository repository, String tag, String by) throws SQLException {
        boolean deleted = sql.update("DELETE FROM tag WHERE repository_id = ? AND name = ?", repository.id(), tag) > 0;
        if (deleted) {
            record(sql, repository, tag, null, clock.millis(), by);
        }
        return deleted;
    }

    @Override
    public List<String> tags(Repository repository, @Nullable String last, int limit) {
        return database.read(sql -> sql.all(
                "SELECT name FROM tag WHERE repository_id = ? AND name > ? ORDER BY name LIMIT ?",
                row -> row.getString(1),
                repository.id(),
                last == null ? "" : last,
                limit));
    }

    @Override
    public List<Tag> currentTags(Repository repository, @Nullable String last, int limit) {
        return database.read(sql -> sql.all(
                "SELECT t.name, d.digest, t.updated FROM tag t JOIN document d ON d.id = t.document_id"
                        + " WHERE t.repository_id = ? AND t.name > ? ORDER BY t.name LIMIT ?",
                row -> new Tag(row.getString(1), Digest.parse(row.getString(2)), Instant.ofEpochMilli(row.getLong(3))),
                repository.id(),
                last == null ? "" : last,
                limit));
    }

    @Override
    public List<Referrer> referrers(
            Repository repository, Digest subject, @Nullable String artifactType, @Nullable Digest last, int limit) {
        return database.read(sql -> sql.all(
                "SELECT d.digest, m.descriptor FROM manifest m JOIN document d ON d.id = m.document_id"
                        + " WHERE m.subject = ? AND m.repository_id = ? AND d.digest > ?"
                        + (artifactType == null ? "" : " AND m.artifact_type = ?")
                        + " ORDER BY d.digest LIMIT ?",
                row -> new Referrer(Digest.parse(row.getString(1)), row.getString(2)),
                artifactType == null
                        ? new Object[] {subject.toString(), repository.id(), text(last), limit}
                        : new Object[] {subject.toString(), repository.id(), text(last), artifactType, limit}));
    }

    private static String text(@Nullable Digest digest) {
        return digest == null ? "" : digest.toString();
    }

    @Override
    public List<TagMove> history(Repository repository, @Nullable String tag, int limit) {
        return database.read(sql -> sql.all(
                "SELECT name, digest, at, account FROM tag_move WHERE repository_id = ?"
                        + (tag == null ? "" : " AND name = ?") + " ORDER BY id DESC LIMIT ?",
                SqlManifests::move,
                tag == null ? new Object[] {repository.id(), limit} : new Object[] {repository.id(), tag, limit}));
    }

    private static TagMove move(ResultSet row) throws SQLException {
        String digest = row.getString(2);
        return new TagMove(
                row.getString(1),
                digest == null ? null : Digest.parse(digest),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4));
    }
}
