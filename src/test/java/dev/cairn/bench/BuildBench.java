package dev.cairn.bench;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.AssembledImage;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Lock;
import dev.cairn.image.LockFile;
import dev.cairn.image.Repositories;
import dev.cairn.image.Selection;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.packages.deb.AptMirror;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/// `./dev bench build [DEFINITION] [ROUNDS]`: how long selecting from a lock and assembling take inside the process
/// once
/// packages are known. The default definition has about 200 packages; the first round downloads them.
public final class BuildBench {
    private BuildBench() {}

    /// Runs it.
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args.length > 0 ? args[0] : "src/test/resources/dev/cairn/bench/two-hundred.yaml");
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        Downloader downloader =
                new Downloader(CacheDirectory.of(System.getenv()), Downloader.Options.of(System.getenv()));
        AptMirror mirror = AptMirror.find(null, null, System.getenv(), Path.of("/etc/apt"));
        Repositories repositories =
                new Repositories(downloader, new Repositories.Trust(List.of(), false), () -> mirror);
        ImageBuilder builder = new ImageBuilder(repositories, downloader.cache());
        Definition definition = DefinitionReader.read(file);
        Architecture architecture = Architecture.host();
        Selection first = builder.select(definition, architecture);
        AssembledImage image = builder.assemble(definition, first);
        Lock lock = Lock.of(LockFile.digestOf(definition), List.of(first));
        System.out.printf(
                "%s: %d packages, %d layers, %d MB, heap at most %d MB%n",
                file,
                first.packages().size(),
                image.layers().size(),
                image.image().compressedSize() / 1_000_000,
                Runtime.getRuntime().maxMemory() >> 20);
        report("resolve and select", rounds, () -> time(() -> builder.select(definition, architecture)));
        report("select from lock", rounds, () -> time(() -> builder.select(definition, architecture, lock)));
        report("assemble", rounds, () -> time(() -> builder.assemble(definition, first)));
    }

    private interface Work {
        Object run() throws Exception;
    }

    private static long time(Work work) {
        long start = System.nanoTime();
        try {
            work.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return System.nanoTime() - start;
    }

    private static void report(String what, int rounds, LongSupplier work) {
        long[] times = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            times[i] = work.getAsLong();
        }
        long firstTime = times[0];
        Arrays.sort(times);
        System.out.printf(
                "%-20s first %6.1f ms, min %6.1f, median %6.1f, max %6.1f%n",
                what, firstTime / 1e6, times[0] / 1e6, times[rounds / 2] / 1e6, times[rounds - 1] / 1e6);
    }
}
