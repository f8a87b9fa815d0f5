package dev.cairn.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Keeps the beginning of a stream and drops the rest, so that its writer is never held up.
final class Capture {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private final Thread reader;
    private boolean truncated;

    Capture(InputStream in, int limit) {
        this.limit = limit;
        this.reader = Thread.ofVirtual().start(() -> read(in));
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException _) {
            // the process is gone: what came until now is all
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        int room = Math.min(length, limit - kept.size());
        kept.write(buffer, 0, room);
        truncated |= room < length;
    }

    /// Waits for the stream's end.
    void finish() throws InterruptedException {
        reader.join();
    }

    /// What has been kept until now.
    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean truncated() {
        return truncated;
    }
}
