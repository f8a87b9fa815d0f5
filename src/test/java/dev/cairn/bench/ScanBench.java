package dev.cairn.bench;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.AdvisoryStore;
import dev.cairn.advisory.AdvisoryUpdate;
import dev.cairn.advisory.Branches;
import dev.cairn.advisory.Feed;
import dev.cairn.advisory.Part;
import dev.cairn.advisory.Target;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import dev.cairn.sbom.Sbom;
import dev.cairn.scan.Matcher;
import dev.cairn.scan.Scanner;
import dev.cairn.scan.Triage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `./dev bench scan FOLDER`: how long the database takes to open, an image of 750 packages to match, and 1,000 kept
/// bills to match again. FOLDER holds Wolfi's `security.json` as `wolfi-security.json`, and its OSV records.
final class ScanBench {
    private static final int PACKAGES = 750;
    private static final int IMAGES = 1000;
    private static final int PER_IMAGE = 60;
    private static final int ROUNDS = 25;

    private ScanBench() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: ./dev bench scan FOLDER   (with wolfi-security.json and wolfi-osv.jsonl.xz)");
            System.exit(2);
        }
        Path data = Path.of(args[0]);
        Path folder = Files.createTempDirectory("scan-bench");
        AdvisoryStore store = new AdvisoryStore(folder.resolve("advisories"));
        Downloader downloader = new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.DEFAULT);
        long start = cpu();
        new AdvisoryUpdate(store, downloader, Clock.systemUTC())
                .run(
                        List.of(
                                Feed.parse("secdb:wolfi=" + data.resolve("wolfi-security.json")),
                                Feed.parse("osv=" + data.resolve("wolfi-osv.jsonl.xz"))),
                        feed -> {});
        say("build the database", start, "");
        Target wolfi = Target.parse("wolfi");
        for (int round = 0; round < 5; round++) {
            start = cpu();
            AdvisoryDatabase database = store.open();
            database.parts(wolfi).forEach(Part::packageCount);
            say("open the database", start, "bar 100 ms");
        }
        List<String> names = store.open().parts(wolfi).getFirst().packageNames();
        match(store.open(), bill(names, 0, PACKAGES, 10), "one package in ten old");
        match(store.open(), bill(names, 0, PACKAGES, 1), "every package old");
        List<Sbom> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            images.add(bill(names, i * 7, PER_IMAGE, 10));
        }
        for (int round = 0; round < 3; round++) {
            Matcher matcher = new Matcher(store.open());
            Scanner scanner = new Scanner(matcher, Branches.load(), Clock.systemUTC());
            start = cpu();
            long findings = 0;
            for (Sbom image : images) {
                findings += scanner.scan(image, null, Triage.NONE).totals().known();
            }
            say(
                    "match " + IMAGES + " bills again",
                    start,
                    findings + " findings, " + matcher.distinct() + " distinct packages, bar 2 s");
        }
        Runtime runtime = Runtime.getRuntime();
        System.out.println("heap in use: " + ((runtime.totalMemory() - runtime.freeMemory()) >> 20) + " MiB, bar 300");
    }

    /// The first match in a young process, which is mostly the compiler's time, and then what a process that lives
    /// needs. The database is open; nothing that was matched before is remembered.
    private static void match(AdvisoryDatabase database, Sbom sbom, String kind) {
        List<Long> times = new ArrayList<>();
        int findings = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Scanner scanner = new Scanner(new Matcher(database), Branches.load(), Clock.systemUTC());
            long start = cpu();
            findings = scanner.scan(sbom, null, Triage.NONE).findings().size();
            times.add(cpu() - start);
        }
        long first = times.getFirst();
        times.sort(null);
        System.out.println("match " + PACKAGES + " packages, " + kind + ": " + findings + " findings, "
                + milliseconds(times.get(ROUNDS / 2)) + " ms CPU (median of " + ROUNDS + ", the first "
                + milliseconds(first) + ")   bar 20 ms");
    }

    /// Packages of which one in so many is old, so that most facts of its source apply.
    private static Sbom bill(List<String> names, int from, int count, int oneIn) {
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = names.get((from + i) % names.size());
            String version = i % oneIn == 0 ? "1.0.0-r0" : "9999-r0";
            components.add(Component.builder(Integer.toString(i), Component.Kind.LIBRARY, name)
                    .version(version)
                    .purl(PackageUrl.of("apk", "wolfi", name, version, Map.of()))
                    .build());
        }
        return new Sbom(
                new Sbom.Subject("image", "bench", "", null, null, new TreeMap<>()),
                new Sbom.Distribution("wolfi", "20230201", "Wolfi"),
                components,
                List.of(),
                null,
                List.of());
    }

    /// CPU time of this thread: what a busy machine does not blur.
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void say(String what, long start, String note) {
        System.out.println(what + ": " + milliseconds(cpu() - start) + " ms CPU   " + note);
    }

    private static double milliseconds(long nanoseconds) {
        return nanoseconds / 100_000 / 10.0;
    }
}
