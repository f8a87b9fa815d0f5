package dev.cairn.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;

/// Closes connections whose request line and headers take too long. The idle time alone lets a client that sends a byte
/// now and then hold a connection for days. Used by one thread.
final class SlowHeaders {
    private final Connector connector;
    private final Duration limit;
    /// When each connection that waits for a request's end of headers was seen first, and of which request.
    private Map<EndPoint, Waiting> known = new HashMap<>();

    private record Waiting(long request, long since) {}

    SlowHeaders(Connector connector, Duration limit) {
        this.connector = connector;
        this.limit = limit;
    }

    /// Looks at each connection once; how many were closed.
    int close() {
        Map<EndPoint, Waiting> now = new HashMap<>();
        long time = System.nanoTime();
        int closed = 0;
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            long request = waitsFor(endPoint);
            if (request < 0) {
                continue;
            }
            Waiting before = known.get(endPoint);
            Waiting waiting = before != null && before.request() == request ? before : new Waiting(request, time);
            if (time - waiting.since() > limit.toNanos()) {
                endPoint.close();
                closed++;
            } else {
                now.put(endPoint, waiting);
            }
        }
        known = now;
        return closed;
    }

    /// The number of the request whose headers the connection waits for; negative where it has them, or is at rest
    /// between two requests, where the idle time counts.
    private static long waitsFor(EndPoint endPoint) {
        Connection connection = endPoint.getConnection();
        if (connection instanceof SslConnection tls) {
            connection = tls.getSslEndPoint().getConnection();
        }
        if (!(connection instanceof HttpConnection http)) {
            return 0;
        }
        HttpParser parser = http.getParser();
        if (parser.isState(HttpParser.State.START)) {
            // a client that has said nothing yet, or is in a TLS handshake
            return http.getMessagesIn() > 0 ? -1 : 0;
        }
        return parser.inHeaderState() ? http.getMessagesIn() : -1;
    }
}
