package dev.cairn.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection with its prepared statements, used by one thread at a time.
///
/// The SQL of this room stays in the subset that SQLite and PostgreSQL share: `BIGINT`, `TEXT`, `BYTEA`, `ON CONFLICT`,
/// times as milliseconds since 1970.
final class Sql implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /// Makes a value of the current row.
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// Works with a statement whose arguments are set.
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /// Runs a statement; how many rows it changed.
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return use(
                sql,
                statement -> {
                    if (statement.execute()) {
                        // a PRAGMA's answer: as long as it is open, no transaction can be committed
                        statement.getResultSet().close();
                        return 0;
                    }
                    return statement.getUpdateCount();
                },
                arguments);
    }

    /// The first row, if there is one.
    <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        return query(sql, rows -> rows.next() ? Optional.of(row.of(rows)) : Optional.empty(), arguments);
    }

    /// Whether there is a row.
    boolean any(String sql, @Nullable Object... arguments) throws SQLException {
        return query(sql, ResultSet::next, arguments);
    }

    /// The number in the first row.
    long number(String sql, @Nullable Object... arguments) throws SQLException {
        return query(sql, rows -> rows.next() ? rows.getLong(1) : 0L, arguments);
    }

    /// All rows.
    <T> List<T> all(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        return query(
                sql,
                rows -> {
                    List<T> list = new ArrayList<>();
                    while (rows.next()) {
                        list.add(row.of(rows));
                    }
                    return list;
                },
                arguments);
    }

    private <T> T query(String sql, Row<T> read, @Nullable Object... arguments) throws SQLException {
        return use(
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return read.of(rows);
                    }
                },
                arguments);
    }

    /// The driver closes a statement that has failed, on a full disk for example: it must not be found here again.
    private <T> T use(String sql, Use<T> use, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = bound(sql, arguments);
        try {
            return use.of(statement);
        } catch (SQLException e) {
            prepared.remove(sql);
            try {
                statement.close();
            } catch (SQLException late) {
                e.addSuppressed(late);
            }
            throw e;
        }
    }

    /// The next free number of a table whose key is `id`.
    long nextId(String table) throws SQLException {
        return number("SELECT coalesce(max(id), 0) + 1 FROM " + table);
    }

    private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
