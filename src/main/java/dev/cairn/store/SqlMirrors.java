package dev.cairn.store;

import dev.cairn.oci.Reference;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Mirrors;
import dev.cairn.registry.Shown;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The mirror table in SQL, read once and kept until it is edited.
public final class SqlMirrors implements Mirrors {
    private final Database database;
    private volatile SortedMap<String, String> rows;

    /// The table in this database.
    public SqlMirrors(Database database) {
        this.database = database;
        this.rows = load();
    }

    private SortedMap<String, String> load() {
        SortedMap<String, String> loaded = new TreeMap<>();
        database.read(sql ->
                sql.all("SELECT prefix, target FROM mirror", row -> loaded.put(row.getString(1), row.getString(2))));
        return Collections.unmodifiableSortedMap(loaded);
    }

    @Override
    public String source(String repository) {
        SortedMap<String, String> now = rows;
        if (now.isEmpty()) {
            return repository;
        }
        String exact = now.get(repository);
        if (exact != null) {
            return exact;
        }
        for (int slash = repository.lastIndexOf('/'); slash > 0; slash = repository.lastIndexOf('/', slash - 1)) {
            String target = now.get(repository.substring(0, slash + 1) + "*");
            if (target != null) {
                return target.substring(0, target.length() - 1) + repository.substring(slash + 1);
            }
        }
        return repository;
    }

    @Override
    public SortedMap<String, String> rows() {
        return rows;
    }

    @Override
    public void put(String from, String to) {
        if (!isPattern(from) || !isPattern(to) || from.endsWith("*") != to.endsWith("*")) {
            throw new DistributionException(
                    DistributionException.Code.BAD_REQUEST,
                    "'" + Shown.of(from) + "' to '" + Shown.of(to) + "' is no row of the mirror table\n"
                            + "try: library/python to my.co/python, or library/* to my.co/*");
        }
        database.write(sql -> sql.update(
                "INSERT INTO mirror (prefix, target) VALUES (?, ?)"
                        + " ON CONFLICT (prefix) DO UPDATE SET target = excluded.target",
                from,
                to));
        rows = load();
    }

    private static boolean isPattern(String text) {
        return Reference.isRepository(text.endsWith("/*") ? text.substring(0, text.length() - 2) : text);
    }

    @Override
    public boolean remove(String from) {
        boolean there = database.write(sql -> sql.update("DELETE FROM mirror WHERE prefix = ?", from) > 0);
        rows = load();
        return there;
    }
}
