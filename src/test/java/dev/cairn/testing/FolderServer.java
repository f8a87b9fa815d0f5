package dev.cairn.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Serves a folder on loopback; a file that goes away is 404 from then on.
public final class FolderServer implements AutoCloseable {
    /// The paths that were asked for.
    public final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    private FolderServer(HttpServer server) {
        this.server = server;
    }

    public static FolderServer of(Path folder) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FolderServer server = new FolderServer(http);
        http.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            server.requests.add(path);
            Path file = folder.resolve(path.substring(1)).normalize();
            boolean found = file.startsWith(folder) && Files.isRegularFile(file);
            byte[] body = found ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(found ? 200 : 404, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        http.start();
        return server;
    }

    /// Its address, which ends in `/`.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
