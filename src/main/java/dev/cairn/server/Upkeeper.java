package dev.cairn.server;

import dev.cairn.registry.Upkeep;
import dev.cairn.registry.http.AccessLog;
import dev.cairn.registry.http.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The server's periodic work: writes the log and closes slow connections every second, and collects garbage every
/// hour.
final class Upkeeper implements AutoCloseable {
    private static final int FIRST_COLLECTION_SECONDS = 300;
    private static final int COLLECTION_SECONDS = 3600;

    private final Upkeep upkeep;
    private final @Nullable Duration grace;
    private final AccessLog log;
    private final Metrics metrics;
    private final Runnable everySecond;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("upkeep").unstarted(this::work);

    /// @param everySecond what else is done each second
    Upkeeper(Upkeep upkeep, @Nullable Duration grace, AccessLog log, Metrics metrics, Runnable everySecond) {
        this.upkeep = upkeep;
        this.grace = grace;
        this.log = log;
        this.metrics = metrics;
        this.everySecond = everySecond;
    }

    void start() {
        thread.start();
    }

    private void work() {
        int untilCollection = FIRST_COLLECTION_SECONDS;
        try {
            while (!stop.await(1, TimeUnit.SECONDS)) {
                log.flush();
                look();
                if (--untilCollection == 0) {
                    collect();
                    untilCollection = COLLECTION_SECONDS;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            everySecond.run();
        } catch (RuntimeException e) {
            metrics.add("cairn_failures_total", 1);
            log.event("failure: " + e);
        }
    }

    private void collect() {
        Duration left = grace;
        if (left == null) {
            return;
        }
        try {
            Upkeep.Collected collected = upkeep.collect(left);
            metrics.add("cairn_gc_freed_bytes_total", collected.freed());
            metrics.add("cairn_gc_blobs_total", collected.deleted());
            log.event("gc: " + collected);
        } catch (IOException | RuntimeException e) {
            metrics.add("cairn_failures_total", 1);
            log.event("gc failed: " + e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
