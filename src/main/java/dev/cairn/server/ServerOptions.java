package dev.cairn.server;

import dev.cairn.registry.http.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a server is started with.
///
/// @param data the folder that holds everything
/// @param host the address that it listens on
/// @param port the port; 0 for a free one
/// @param tls the certificate and key; null for plain HTTP
/// @param limits what it takes from clients
/// @param grace how long the periodic collection leaves untouched things alone; null for no periodic collection
public record ServerOptions(
        Path data,
        String host,
        int port,
        @Nullable Tls tls,
        Limits limits,
        @Nullable Duration grace) {

    /// PEM files.
    ///
    /// @param certificate the certificate, and those that lead to its issuer
    /// @param key its private key: PKCS #8, not encrypted
    public record Tls(Path certificate, Path key) {}

    /// A server on a free port of the loopback address, for tests.
    public static ServerOptions loopback(Path data) {
        return new ServerOptions(data, "127.0.0.1", 0, null, Limits.DEFAULT, null);
    }

    /// This with other limits.
    public ServerOptions withLimits(Limits other) {
        return new ServerOptions(data, host, port, tls, other, grace);
    }

    /// This with TLS.
    public ServerOptions withTls(Tls other) {
        return new ServerOptions(data, host, port, other, limits, grace);
    }
}
