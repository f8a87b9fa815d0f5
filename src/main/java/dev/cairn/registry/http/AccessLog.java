package dev.cairn.registry.http;

import dev.cairn.registry.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// One line of JSON for each request, and for each event that somebody should know of. Queries and headers are not in
/// it: they may carry secrets.
public final class AccessLog implements RequestLog, AutoCloseable {
    private static final int LONGEST_PATH = 400;
    private static final int ROOM = 64 << 10;

    private final @Nullable OutputStream out;
    private final Metrics metrics;
    private final InstantSource clock;
    private final StringBuilder waiting = new StringBuilder(ROOM);
    private long second;
    private String secondText = "";

    /// A log into this stream, or into none.
    public AccessLog(@Nullable OutputStream out, Metrics metrics, InstantSource clock) {
        this.out = out;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void log(Request request, Response response) {
        metrics.request(request.getMethod(), response.getStatus());
        if (out == null) {
            return;
        }
        long micros = (System.nanoTime() - request.getBeginNanoTime()) / 1000;
        Object subject = request.getAttribute(Exchange.SUBJECT);
        synchronized (waiting) {
            begin("request");
            text("remote", Request.getRemoteAddr(request));
            text("subject", subject == null ? "-" : subject.toString());
            text("method", request.getMethod());
            text("path", String.valueOf(request.getHttpURI().getPath()));
            number("status", response.getStatus());
            number("bytes", Response.getContentBytesWritten(response));
            number("micros", micros);
            end();
        }
    }

    /// Writes an event.
    public void event(String message) {
        if (out == null) {
            return;
        }
        synchronized (waiting) {
            begin("event");
            text("message", message);
            end();
        }
        flush();
    }

    private void begin(String kind) {
        long now = clock.millis();
        if (now / 1000 != second) {
            second = now / 1000;
            String text = Instant.ofEpochSecond(second).toString();
            secondText = text.substring(0, text.length() - 1);
        }
        waiting.append("{\"time\":\"").append(secondText).append('.');
        long millis = now % 1000;
        waiting.append((char) ('0' + millis / 100))
                .append((char) ('0' + millis / 10 % 10))
                .append((char) ('0' + millis % 10));
        waiting.append("Z\",\"kind\":\"").append(kind).append('"');
    }

    private void text(String name, String value) {
        waiting.append(",\"").append(name).append("\":\"");
        String shown = isPlain(value) ? value : Shown.of(value, LONGEST_PATH);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c == '"' || c == '\\') {
                waiting.append('\\');
            }
            waiting.append(c == '\n' ? ' ' : c);
        }
        waiting.append('"');
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return value.length() <= LONGEST_PATH;
    }

    private void number(String name, long value) {
        waiting.append(",\"").append(name).append("\":").append(value);
    }

    private void end() {
        waiting.append("}\n");
        if (waiting.length() > ROOM - 4096) {
            write();
        }
    }

    /// Writes what waits; called every second.
    public void flush() {
        synchronized (waiting) {
            write();
        }
    }

    private void write() {
        OutputStream stream = out;
        if (stream == null || waiting.isEmpty()) {
            return;
        }
        try {
            stream.write(waiting.toString().getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            metrics.add("cairn_log_failures_total", 1);
        }
        waiting.setLength(0);
    }

    @Override
    public void close() {
        flush();
    }
}
