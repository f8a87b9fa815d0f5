package dev.cairn.server;

import java.time.Duration;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;

/// Closes connections whose request line and headers take too long. The idle time alone lets a client that sends a byte
/// now and then hold a connection for days.
final class SlowHeaders {
    private SlowHeaders() {}

    /// Looks at each connection once; how many were closed.
    static int close(Connector connector, Duration limit) {
        int closed = 0;
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Connection connection = endPoint.getConnection();
            if (connection instanceof SslConnection tls) {
                connection = tls.getSslEndPoint().getConnection();
            }
            if (isLate(endPoint, connection, limit)) {
                endPoint.close();
                closed++;
            }
        }
        return closed;
    }

    private static boolean isLate(EndPoint endPoint, Connection connection, Duration limit) {
        if (connection instanceof HttpConnection http) {
            HttpParser parser = http.getParser();
            if (!parser.isState(HttpParser.State.START)) {
                return parser.inHeaderState() && System.nanoTime() - parser.getBeginNanoTime() > limit.toNanos();
            }
            if (http.getMessagesIn() > 0) {
                // between two requests: the idle time counts
                return false;
            }
        }
        // nothing has come yet, or a TLS handshake is under way
        return System.currentTimeMillis() - endPoint.getCreatedTimeStamp() > limit.toMillis();
    }
}
