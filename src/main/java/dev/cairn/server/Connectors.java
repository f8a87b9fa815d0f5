package dev.cairn.server;

import dev.cairn.registry.http.FileConnector;
import dev.cairn.registry.http.Limits;
import java.io.IOException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Makes what listens: plain HTTP, or TLS 1.2 and 1.3.
final class Connectors {
    private Connectors() {}

    static ServerConnector of(Server server, ServerOptions options) throws IOException {
        HttpConfiguration configuration = configuration(options.limits());
        ServerConnector connector;
        ServerOptions.Tls tls = options.tls();
        if (tls == null) {
            connector = new FileConnector(server, new HttpConnectionFactory(configuration));
        } else {
            configuration.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server context = new SslContextFactory.Server();
            context.setKeyStore(PemKeyStore.of(tls));
            context.setKeyStorePassword("");
            context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            context.setSniRequired(false);
            connector = new ServerConnector(
                    server, new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(configuration));
        }
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.limits().idle().toMillis());
        connector.setAcceptedTcpNoDelay(true);
        connector.setAcceptQueueSize(1024);
        return connector;
    }

    private static HttpConfiguration configuration(Limits limits) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(limits.headerBytes());
        configuration.setInputBufferSize(16 << 10);
        // room for a bearer token: a client's next request has the same, and is not parsed anew
        configuration.setHeaderCacheSize(4 << 10);
        // a name in a path has no need of tricks: encoded slashes, dots and such are refused before a handler sees them
        configuration.setUriCompliance(UriCompliance.RFC3986);
        return configuration;
    }
}
