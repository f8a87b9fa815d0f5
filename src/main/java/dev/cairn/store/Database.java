package dev.cairn.store;

import dev.cairn.registry.DistributionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A SQLite database in WAL mode: one writer behind a lock, a few readers. `synchronous=FULL`: a transaction that has
/// committed survives a power cut.
///
/// A native call pins the carrier of a virtual thread, so no more threads are inside than there are connections.
public final class Database implements AutoCloseable {
    private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int BUSY_MILLIS = 10_000;

    private final Sql writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final BlockingQueue<Sql> readers = new ArrayBlockingQueue<>(READERS);
    private final List<Sql> all = new ArrayList<>();

    private Database(Sql writer) {
        this.writer = writer;
        all.add(writer);
    }

    /// Work inside a transaction.
    interface Work<T> {
        T with(Sql sql) throws SQLException;
    }

    /// Opens the file, makes it if need be, and brings its tables up to date.
    public static Database open(Path file) throws IOException {
        try {
            Database database = new Database(connect(file));
            database.write(sql -> {
                Migrations.apply(sql);
                return true;
            });
            for (int i = 0; i < READERS; i++) {
                Sql reader = connect(file);
                reader.update("PRAGMA query_only=1");
                database.all.add(reader);
                database.readers.add(reader);
            }
            return database;
        } catch (SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Sql connect(Path file) throws SQLException {
        // the driver itself: DriverManager would look through every service of the class path
        Connection connection = new JDBC().connect("jdbc:sqlite:" + file, new java.util.Properties());
        Sql sql = new Sql(connection);
        sql.update("PRAGMA busy_timeout=" + BUSY_MILLIS);
        sql.update("PRAGMA journal_mode=WAL");
        sql.update("PRAGMA synchronous=FULL");
        sql.update("PRAGMA foreign_keys=ON");
        sql.update("PRAGMA cache_size=-4096");
        return sql;
    }

    /// Runs one statement, or several that need not see the same state.
    <T> T read(Work<T> work) {
        Sql reader = borrow();
        try {
            return work.with(reader);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            readers.add(reader);
        }
    }

    /// Runs statements that see one state.
    <T> T snapshot(Work<T> work) {
        return read(sql -> {
            sql.update("BEGIN");
            try {
                return work.with(sql);
            } finally {
                sql.update("COMMIT");
            }
        });
    }

    /// Runs a transaction that writes. It is durable when this returns, and undone when the work throws.
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            writer.update("BEGIN IMMEDIATE");
            boolean done = false;
            try {
                T result = work.with(writer);
                writer.update("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack();
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            writing.unlock();
        }
    }

    private void rollBack() {
        try {
            writer.update("ROLLBACK");
        } catch (SQLException e) {
            // a failed COMMIT may have rolled back by itself; the first error is the one that counts
        }
    }

    private Sql borrow() {
        try {
            return readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DistributionException(DistributionException.Code.STOPPING, "the server is being stopped");
        }
    }

    private static RuntimeException failed(SQLException e) {
        if (e instanceof SQLiteException lite && lite.getResultCode() == SQLiteErrorCode.SQLITE_FULL) {
            return StorageFull.refusal();
        }
        return new UncheckedIOException(new IOException("database: " + e.getMessage(), e));
    }

    /// Whether a transaction can be begun; for readiness.
    public boolean answers() {
        return read(sql -> sql.any("SELECT 1"));
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            for (Sql sql : all) {
                sql.close();
            }
        } catch (SQLException e) {
            throw new IOException("database: " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }
}
