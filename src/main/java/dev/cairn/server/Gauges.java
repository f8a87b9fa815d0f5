package dev.cairn.server;

import dev.cairn.registry.http.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.ServerConnector;

/// What can be read off the process at any moment.
final class Gauges {
    private Gauges() {}

    static void of(Metrics metrics, ServerConnector connector, Path data) {
        metrics.gauge(
                "cairn_connections", () -> connector.getConnectedEndPoints().size());
        metrics.gauge("cairn_heap_bytes", () -> {
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        });
        metrics.gauge("cairn_disk_free_bytes", () -> free(data));
    }

    private static long free(Path data) {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
