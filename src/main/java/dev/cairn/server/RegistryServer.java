package dev.cairn.server;

import dev.cairn.registry.Authenticator;
import dev.cairn.registry.PackageStore;
import dev.cairn.registry.Passwords;
import dev.cairn.registry.TokenIssuer;
import dev.cairn.registry.Upkeep;
import dev.cairn.registry.http.AccessLog;
import dev.cairn.registry.http.Endpoints;
import dev.cairn.registry.http.JsonErrors;
import dev.cairn.registry.http.Metrics;
import dev.cairn.registry.http.RegistryHandler;
import dev.cairn.store.Database;
import dev.cairn.store.SqlAccounts;
import dev.cairn.store.SqlBlobs;
import dev.cairn.store.SqlManifests;
import dev.cairn.store.SqlMirrors;
import dev.cairn.store.SqlRepositories;
import dev.cairn.store.SqlUpkeep;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// A running registry: opened, started, and closed gracefully.
public final class RegistryServer implements AutoCloseable {
    private static final String SERVICE = "cairn";
    private static final long STOP_MILLIS = 20_000;

    private final ServerOptions options;
    private final DataFolder folder;
    private final Database database;
    private final Server server;
    private final ServerConnector connector;
    private final AccessLog log;
    private final Upkeeper upkeeper;
    private final FirstOwner firstOwner;
    private volatile boolean ready;

    /// Opens the folder and puts everything together; nothing listens yet.
    ///
    /// @param packages where layers may lie already
    /// @param logStream takes the access log; null for none
    public RegistryServer(
            ServerOptions options, PackageStore packages, @Nullable OutputStream logStream, InstantSource clock)
            throws IOException {
        this.options = options;
        this.folder = DataFolder.open(options.data());
        this.database = Database.open(folder.file("cairn.db"));
        SecureRandom random = new SecureRandom();
        SqlAccounts accounts = new SqlAccounts(database, clock);
        SqlBlobs blobs = new SqlBlobs(database, folder.root(), packages, clock);
        Upkeep upkeep = new SqlUpkeep(database, blobs, clock);
        Passwords passwords = new Passwords(random);
        TokenIssuer issuer = new TokenIssuer(TokenKey.of(folder.file("token-key")), SERVICE, clock);
        Metrics metrics = new Metrics();
        this.log = new AccessLog(logStream, metrics, clock);
        Endpoints.Rooms rooms = new Endpoints.Rooms(
                new SqlRepositories(database, clock),
                new SqlManifests(database, clock),
                blobs,
                accounts,
                new SqlMirrors(database),
                upkeep,
                new Authenticator(accounts, passwords, issuer, random, clock),
                passwords,
                issuer,
                random,
                clock,
                log::event);
        this.firstOwner = new FirstOwner(accounts, random, clock);
        this.server = new Server(threads());
        this.connector = Connectors.of(server, options);
        Gauges.of(metrics, connector, options.data());
        SlowHeaders slow = new SlowHeaders(connector, options.limits().header());
        this.upkeeper = new Upkeeper(
                upkeep, options.grace(), log, metrics, () -> metrics.add("cairn_slow_closed_total", slow.close()));
        wire(new RegistryHandler(
                new Endpoints(rooms, options.limits(), options.external()),
                metrics,
                () -> ready && database.answers(),
                log::event));
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("http");
        threads.setReservedThreads(0);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        return threads;
    }

    private void wire(RegistryHandler handler) {
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(options.limits().connections(), server));
        server.setHandler(new GracefulHandler(handler));
        server.setErrorHandler(new JsonErrors());
        server.setRequestLog(log);
        server.setStopTimeout(STOP_MILLIS);
    }

    /// Makes the first owner where there is none, and begins to listen.
    ///
    /// @return the file with the first owner's token, where one was made now
    public @Nullable Path start() throws IOException {
        Path token = firstOwner.make(folder.file(FirstOwner.FILE));
        try {
            server.start();
        } catch (IOException e) {
            throw new IOException(
                    "can't listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IOException("the server does not start: " + e.getMessage(), e);
        }
        upkeeper.start();
        ready = true;
        return token;
    }

    /// The port that it listens on.
    public int port() {
        return connector.getLocalPort();
    }

    /// `http://127.0.0.1:5000`, or with https.
    public String address() {
        return (options.tls() == null ? "http://" : "https://") + options.host() + ":" + port();
    }

    /// Takes no new requests, lets those under way end, and closes everything.
    @Override
    public void close() throws IOException {
        ready = false;
        upkeeper.close();
        try {
            server.stop();
        } catch (Exception e) {
            log.event("stopped with requests under way: " + e.getMessage());
        }
        log.close();
        database.close();
        folder.close();
    }

    /// How long [#close] waits for requests under way.
    public static Duration patience() {
        return Duration.ofMillis(STOP_MILLIS);
    }
}
