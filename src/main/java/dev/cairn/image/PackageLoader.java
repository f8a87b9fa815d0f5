package dev.cairn.image;

import dev.cairn.image.layer.LayerStore;
import dev.cairn.image.layer.PathRewrite;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Gets packages' files and facts, several at a time: downloads wait for the network side by side, while no more
/// packages are made into layers at once than there are processors.
final class PackageLoader {
    private static final int DOWNLOADS = 8;

    private final PackageFiles files;
    private final LayerStore layers;
    private final Semaphore downloads = new Semaphore(DOWNLOADS);
    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

    PackageLoader(PackageFiles files, LayerStore layers) {
        this.files = files;
        this.layers = layers;
    }

    /// The packages with their facts, in the given order.
    List<InstalledPackage> load(List<ResolvedPackage> wanted, PathRewrite rewrite) throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<InstalledPackage>> loading = new ArrayList<>(wanted.size());
            for (ResolvedPackage each : wanted) {
                loading.add(threads.submit(() -> load(each, rewrite)));
            }
            List<InstalledPackage> loaded = new ArrayList<>(wanted.size());
            try {
                for (Future<InstalledPackage> each : loading) {
                    loaded.add(result(each));
                }
            } finally {
                loading.forEach(each -> each.cancel(true));
            }
            return loaded;
        }
    }

    /// The same package with its paths moved.
    InstalledPackage reload(InstalledPackage loaded, PathRewrite rewrite) throws IOException {
        return new InstalledPackage(
                loaded.resolved(), loaded.file(), layers.facts(loaded.resolved(), loaded.file(), rewrite));
    }

    private InstalledPackage load(ResolvedPackage wanted, PathRewrite rewrite)
            throws IOException, InterruptedException {
        PackageFile file;
        downloads.acquire();
        try {
            file = files.file(wanted);
        } finally {
            downloads.release();
        }
        processors.acquire();
        try {
            return new InstalledPackage(wanted, file, layers.facts(wanted, file, rewrite));
        } finally {
            processors.release();
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while packages were being fetched");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case UncheckedIOException io -> throw io.getCause();
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
