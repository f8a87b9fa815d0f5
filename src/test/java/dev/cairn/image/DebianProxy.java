package dev.cairn.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.packages.deb.AptMirror;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A forwarding proxy on loopback that answers for Debian's generic host name from the mirror in use, and for nothing
/// else.
final class DebianProxy implements AutoCloseable {
    private static final String ARCHIVE = "/debian/";
    private static final String SECURITY = "/debian-security/";
    private static final List<String> CONDITIONS = List.of("Range", "If-Modified-Since", "If-Range");
    private static final List<String> FACTS = List.of("Content-Range", "Last-Modified", "ETag", "Content-Type");

    private final AptMirror mirror;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private DebianProxy(AptMirror mirror, HttpServer server) {
        this.mirror = mirror;
        this.server = server;
    }

    static DebianProxy start(AptMirror mirror) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DebianProxy proxy = new DebianProxy(mirror, server);
        server.createContext("/", proxy::answer);
        server.setExecutor(proxy.threads);
        server.start();
        return proxy;
    }

    /// The value of `http_proxy`.
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI target = target(exchange.getRequestURI());
            HttpURLConnection upstream = (HttpURLConnection) target.toURL().openConnection();
            for (String name : CONDITIONS) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    upstream.setRequestProperty(name, value);
                }
            }
            pass(upstream, exchange);
        }
    }

    private static void pass(HttpURLConnection upstream, HttpExchange exchange) throws IOException {
        int status = upstream.getResponseCode();
        for (String name : FACTS) {
            String value = upstream.getHeaderField(name);
            if (value != null) {
                exchange.getResponseHeaders().set(name, value);
            }
        }
        if (status >= HttpURLConnection.HTTP_MULT_CHOICE) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        long length = upstream.getContentLengthLong();
        exchange.sendResponseHeaders(status, length == 0 ? -1 : Math.max(0, length));
        try (InputStream in = upstream.getInputStream();
                OutputStream out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    private URI target(URI asked) throws IOException {
        String path = asked.getRawPath();
        if (path.startsWith(SECURITY)) {
            return URI.create(mirror.security() + path.substring(SECURITY.length()));
        }
        if (!"ftp.debian.org".equals(asked.getHost()) || !path.startsWith(ARCHIVE)) {
            throw new IOException("not Debian's: " + asked);
        }
        return URI.create(mirror.archive() + path.substring(ARCHIVE.length()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
