package dev.cairn.server;

import dev.cairn.registry.http.Limits;
import java.net.URI;
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
/// @param external how clients reach the server where a proxy stands before it: `https://HOST[:PORT]`; null: as the
///     request's `Host` says
public record ServerOptions(
        Path data,
        String host,
        int port,
        @Nullable Tls tls,
        Limits limits,
        @Nullable Duration grace,
        @Nullable String external) {

    /// PEM files.
    ///
    /// @param certificate the certificate, and those that lead to its issuer
    /// @param key its private key: PKCS #8, not encrypted
    public record Tls(Path certificate, Path key) {}

    /// A server on a free port of the loopback address, for tests.
    public static ServerOptions loopback(Path data) {
        return new ServerOptions(data, "127.0.0.1", 0, null, Limits.DEFAULT, null, null);
    }

    /// This with other limits.
    public ServerOptions withLimits(Limits other) {
        return new ServerOptions(data, host, port, tls, other, grace, external);
    }

    /// This with TLS.
    public ServerOptions withTls(Tls other) {
        return new ServerOptions(data, host, port, other, limits, grace, external);
    }

    /// This behind a proxy that clients know by this address.
    public ServerOptions withExternal(String url) {
        return new ServerOptions(data, host, port, tls, limits, grace, external(url));
    }

    /// An address as `--external-url` gives it, without a slash at its end.
    ///
    /// @throws IllegalArgumentException where it is no `http` or `https` address of a host alone
    public static String external(String url) {
        URI address = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        String scheme = address.getScheme();
        boolean plain = address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawPath().isEmpty()
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        if (!plain || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new IllegalArgumentException("'" + url + "' is not the address of a host");
        }
        return address.toString();
    }
}
