package dev.cairn.bench;

import dev.cairn.mapping.BuiltInCatalogue;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.PackageNames;
import dev.cairn.migrate.dockerfile.BaseStep;
import dev.cairn.migrate.dockerfile.DistrolessStep;
import dev.cairn.migrate.dockerfile.StepResult;
import dev.cairn.migrate.dockerfile.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Plans and converts 1,000 Dockerfiles, made from those of the tests, and one file of 1.3 MB. CPU time of this thread,
/// so that a busy machine does not matter; the first round is the cold one.
final class MigrateBench {
    private static final Path FILES = Path.of("src/test/resources/dev/cairn/migrate/dockerfile");
    private static final int COUNT = 1_000;

    private MigrateBench() {}

    public static void main(String... args) throws IOException {
        List<byte[]> files = files();
        Target target = new Target(
                "registry.example.org/hardened",
                Distribution.WOLFI,
                new BuiltInCatalogue(Distribution.WOLFI),
                PackageNames.builtIn()::outcome);
        for (int round = 1; round <= 5; round++) {
            long start = cpu();
            int changed = 0;
            for (byte[] file : files) {
                StepResult base = new BaseStep(target).apply(file);
                new DistrolessStep(target).apply(base.after().bytes());
                base.diff("Dockerfile");
                changed += base.isChanged() ? 1 : 0;
            }
            System.out.println("round " + round + ": " + files.size() + " files, " + changed + " changed, "
                    + (cpu() - start) / 1_000_000 + " ms CPU");
        }
        byte[] large = "FROM debian:12\nRUN apt-get update && apt-get install -y curl && echo a \\\n && true\n"
                .repeat(16_000)
                .getBytes(StandardCharsets.UTF_8);
        long start = cpu();
        new BaseStep(target).apply(large);
        System.out.println("one file of " + large.length + " bytes: " + (cpu() - start) / 1_000_000 + " ms CPU");
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<byte[]> files() throws IOException {
        List<byte[]> sources = new ArrayList<>();
        try (Stream<Path> all = Files.walk(FILES)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file);
                int start = text.indexOf("==== before\n");
                int end = text.indexOf("\n==== ", start + 1);
                if (start >= 0) {
                    sources.add(text.substring(start + 12, end + 1).getBytes(StandardCharsets.UTF_8));
                } else if (file.toString().endsWith(".Dockerfile")) {
                    sources.add(text.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            files.add(sources.get(i % sources.size()));
        }
        return files;
    }
}
