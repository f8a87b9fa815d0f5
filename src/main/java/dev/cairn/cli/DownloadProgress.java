package dev.cairn.cli;

import dev.cairn.fetch.ProgressListener;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells how all downloads of a command together have come along.
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

    private void tell(URI uri) {
        long sum = 0;
        for (long each : arrived.values()) {
            sum += each;
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        progress.bytes(sum, -1, path.substring(path.lastIndexOf('/') + 1));
    }
}
