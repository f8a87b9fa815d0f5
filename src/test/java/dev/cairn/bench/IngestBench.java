package dev.cairn.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.cairn.archive.GzipOutputStream;
import dev.cairn.digest.Digest;
import dev.cairn.digest.HashingOutputStream;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.image.layer.LayerStore;
import dev.cairn.image.layer.PathRewrite;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.deb.DebFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// `./dev bench ingest FOLDER [THREADS]`: how fast the .debs below a folder become layers, in MB of uncompressed
/// data a second, with nothing cached; and, on one thread, what decompressing, hashing and compressing them takes
/// by itself.
public final class IngestBench {
    private IngestBench() {}

    private interface Step {
        long bytes(Path deb) throws IOException;
    }

    /// Runs it.
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.println("usage: ./dev bench ingest FOLDER-WITH-DEBS [THREADS]");
            System.exit(2);
        }
        List<Path> debs = debs(Path.of(args[0]));
        int threads = args.length > 1
                ? Integer.parseInt(args[1])
                : Runtime.getRuntime().availableProcessors();
        // once for the compiler: a build of some size runs compiled, too
        run("warm-up", debs.subList(0, Math.min(debs.size(), 12)), threads, ingest());
        run("ingest", debs, threads, ingest());
        run("decompress", debs, 1, deb -> copy(deb, OutputStream.nullOutputStream()));
        run("and sha256", debs, 1, deb -> copy(deb, HashingOutputStream.discarding()));
        run("and deflate", debs, 1, deb -> {
            try (OutputStream out = new GzipOutputStream(OutputStream.nullOutputStream())) {
                return copy(deb, out);
            }
        });
    }

    private static List<Path> debs(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            // the largest first, so that no thread is left alone with it
            return all.filter(each -> each.toString().endsWith(".deb"))
                    .sorted(Comparator.comparingLong(
                                    (Path each) -> each.toFile().length())
                            .reversed())
                    .toList();
        }
    }

    private static Step ingest() throws IOException {
        Path folder = Files.createTempDirectory("ingest-bench");
        CacheDirectory cache = new CacheDirectory(folder);
        LayerStore layers = new LayerStore(cache.content(), cache.records());
        return deb -> {
            PackageFile file = new PackageFile(deb, Digest.of(Files.readAllBytes(deb)), Files.size(deb));
            String name = String.valueOf(deb.getFileName());
            ResolvedPackage wanted = new ResolvedPackage(
                    Ecosystem.DEB,
                    name,
                    "0",
                    "amd64",
                    name,
                    "0",
                    "",
                    name,
                    file.size(),
                    file.digest().toString(),
                    0);
            return layers.facts(wanted, file, PathRewrite.MERGED_USR).layer().tarSize();
        };
    }

    private static long copy(Path deb, OutputStream out) throws IOException {
        try (InputStream data = DebFile.open(deb).openData()) {
            return data.transferTo(out);
        }
    }

    private static void run(String what, List<Path> debs, int threads, Step step) throws Exception {
        long start = System.nanoTime();
        long cpu = cpu();
        long bytes = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> results = new ArrayList<>();
            for (Path each : debs) {
                Callable<Long> work = () -> step.bytes(each);
                results.add(pool.submit(work));
            }
            for (Future<Long> each : results) {
                bytes += each.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = (cpu() - cpu) / 1e9;
        System.out.printf(
                "%-12s %4d debs, %d threads: %6.0f MB in %5.1f s, %5.1f MB/s; %5.1f MB a second of CPU%n",
                what, debs.size(), threads, bytes / 1e6, seconds, bytes / 1e6 / seconds, bytes / 1e6 / used);
    }

    /// What this process has used of the processors, in nanoseconds: tells the work on a machine that others use,
    /// too.
    private static long cpu() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }
}
