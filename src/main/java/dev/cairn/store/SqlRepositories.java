package dev.cairn.store;

import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Repositories;
import dev.cairn.registry.Repository;
import dev.cairn.registry.RepositoryName;
import dev.cairn.registry.Shown;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The repositories in SQL.
public final class SqlRepositories implements Repositories {
    private static final int CACHED = 20_000;
    private static final String COLUMNS = "SELECT id, name, is_public FROM repository ";

    private final Database database;
    private final InstantSource clock;
    private final Epochs epochs = new Epochs();
    private final BoundedCache<RepositoryName, Kept> cache = new BoundedCache<>(CACHED);

    private record Kept(long epoch, Optional<Repository> repository) {}

    /// Repositories in this database.
    public SqlRepositories(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Repository> find(RepositoryName name) {
        long epoch = epochs.of(name);
        Kept kept = cache.get(name);
        if (kept != null && kept.epoch() == epoch) {
            return kept.repository();
        }
        Optional<Repository> found = database.read(sql -> find(sql, name));
        if (found.isPresent()) {
            cache.put(name, new Kept(epoch, found), 1);
        }
        return found;
    }

    private static Optional<Repository> find(Sql sql, RepositoryName name) throws SQLException {
        return sql.one(COLUMNS + "WHERE name = ?", SqlRepositories::read, name.text());
    }

    private static Repository read(ResultSet row) throws SQLException {
        return new Repository(row.getLong(1), new RepositoryName(row.getString(2)), row.getLong(3) != 0);
    }

    @Override
    public Repository open(RepositoryName name) {
        Optional<Repository> present = find(name);
        if (present.isPresent()) {
            return present.get();
        }
        Repository made = database.write(sql -> {
            Optional<Repository> raced = find(sql, name);
            return raced.isPresent() ? raced.get() : make(sql, name);
        });
        epochs.advance(name);
        return made;
    }

    private Repository make(Sql sql, RepositoryName name) throws SQLException {
        long organisation = sql.number("SELECT id FROM organisation WHERE name = ?", name.organisation());
        if (organisation == 0) {
            throw new DistributionException(
                    DistributionException.Code.NAME_UNKNOWN,
                    "there is no organisation '" + Shown.of(name.organisation()) + "'");
        }
        Repository made = new Repository(sql.nextId("repository"), name, false);
        sql.update(
                "INSERT INTO repository (id, organisation_id, name, is_public, created) VALUES (?, ?, ?, 0, ?)",
                made.id(),
                organisation,
                name.text(),
                clock.millis());
        return made;
    }

    @Override
    public boolean setPublic(RepositoryName name, boolean isPublic) {
        boolean found = database.write(sql ->
                sql.update("UPDATE repository SET is_public = ? WHERE name = ?", isPublic ? 1 : 0, name.text()) > 0);
        epochs.advance(name);
        return found;
    }

    @Override
    public List<String> list(@Nullable SortedSet<String> organisations, @Nullable String last, int limit) {
        List<@Nullable Object> arguments = new ArrayList<>();
        StringBuilder where = new StringBuilder("WHERE name > ?");
        arguments.add(last == null ? "" : last);
        if (organisations != null) {
            where.append(" AND (is_public = 1");
            if (!organisations.isEmpty()) {
                where.append(" OR organisation_id IN (SELECT id FROM organisation WHERE name IN (")
                        .append("?, ".repeat(organisations.size() - 1))
                        .append("?))");
                arguments.addAll(organisations);
            }
            where.append(')');
        }
        arguments.add(limit);
        return database.read(sql -> sql.all(
                "SELECT name FROM repository " + where + " ORDER BY name LIMIT ?",
                row -> row.getString(1),
                arguments.toArray()));
    }
}
