package dev.cairn.cli;

import dev.cairn.fetch.ProgressListener;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells how all downloads of a command together have come along, and which are tried once more.
final class DownloadProgress implements ProgressListener {
    private final Progress progress;
    private final Map<URI, Long> arrived = new ConcurrentHashMap<>();

    DownloadProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void progress(URI uri, long done, long total) {
        arrived.put(uri, done);
        tell(uri);
    }

    @Override
    public void finished(URI uri, long size) {
        arrived.put(uri, size);
        tell(uri);
    }

    @Override
    public void retrying(URI uri, int attempt, String reason, Duration delay) {
        progress.note(fileName(uri) + ": " + reason + "; trying again in " + Text.duration(delay.toNanos()));
    }

    private void tell(URI uri) {
        long sum = 0;
        for (long each : arrived.values()) {
            sum += each;
        }
        if (sum > 0) {
            progress.bytes(sum, -1, fileName(uri));
        }
    }

    private static String fileName(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        int byHash = path.indexOf("/by-hash/");
        String named = byHash < 0 ? path : path.substring(0, byHash);
        return named.substring(named.lastIndexOf('/') + 1);
    }
}
