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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// `./dev bench build [DEFINITION] [ROUNDS]`: how long selecting from a lock and assembling take inside the process
/// once packages are known. The default definition has about 200 packages; the first round downloads them.
///
/// `./dev bench build [DEFINITION] [ROUNDS] --peer COMMAND`: `./cairn build DEFINITION` beside another builder's
/// command line (for `sh -c`), in turn: wall and processor time of each and their ratio. Both have run once before,
/// so that both have their packages.
public final class BuildBench {
    private BuildBench() {}

    /// Runs it.
    public static void main(String[] args) throws Exception {
        List<String> words = PeerRuns.modifiable(args);
        String peer = PeerRuns.take(words, "--peer");
        Path file = Path.of(words.isEmpty() ? "src/test/resources/dev/cairn/bench/two-hundred.yaml" : words.getFirst());
        if (peer != null) {
            besides(peer, file, words.size() > 1 ? Integer.parseInt(words.get(1)) : 7);
            return;
        }
        inside(file, words.size() > 1 ? Integer.parseInt(words.get(1)) : 30);
    }

    private static void besides(String peer, Path file, int rounds) throws Exception {
        Path folder = Files.createTempDirectory("cairn-bench");
        Path image = folder.resolve("image.tar");
        Path output = folder.resolve("output");
        try {
            List<String> ours = List.of("./cairn", "-q", "build", file.toString(), "--to", image.toString());
            System.out.println(String.join(" ", ours) + "\nbeside: " + peer);
            new PeerRuns(output).compare(ours, peer, rounds);
        } finally {
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void inside(Path file, int rounds) throws Exception {
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
