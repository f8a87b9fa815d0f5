package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.DebSpec;
import dev.cairn.testing.SignedDebRepository;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds that are stopped at any moment, or run out of room, leave nothing half-written, and the next one succeeds.
@Tag("e2e")
class InterruptedBuildIT {
    private static final int ROUNDS = 6;

    @TempDir
    Path folder;

    private String definition;

    @BeforeEach
    void repository() throws IOException {
        SignedDebRepository debs = SignedDebRepository.in(folder.resolve("debs"));
        byte[] large = new byte[6 << 20];
        new Random(7).nextBytes(large);
        debs.add(
                "stable",
                DebSpec.of("app", "1").file("usr/bin/app", 0755, large).depends("lib"));
        debs.add("stable", DebSpec.of("lib", "1").file("usr/lib/lib.so", 0644, large.clone()));
        debs.publish();
        definition = Files.writeString(folder.resolve("app.yaml"), """
                contents:
                  repositories: ["%s"]
                  packages: [app]
                entrypoint:
                  command: /usr/bin/app
                archs: [amd64]
                """.formatted(debs.sourceLine("stable", "main")))
                .toString();
    }

    @Test
    void killedAtAnyMoment() throws Exception {
        long whole = System.nanoTime();
        String digest = digest(run(folder.resolve("cache0"), folder.resolve("first")));
        whole = System.nanoTime() - whole;
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            Path cache = folder.resolve("cache" + round % 2);
            Path target = folder.resolve("image");
            Process process = start(cache, target);
            // at any moment of the run; a moment after its end does no harm
            if (!process.waitFor((long) (whole * random.nextDouble()), TimeUnit.NANOSECONDS)) {
                if (round % 2 == 0) {
                    process.destroyForcibly().waitFor();
                } else {
                    process.destroy();
                    process.waitFor();
                }
            }
            if (Files.exists(target)) {
                Ran ran = Ran.cairn("inspect", target.toString());
                assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
            }
            assertThat(digest(run(cache, target))).isEqualTo(digest);
            assertThat(leftOvers()).isEmpty();
        }
    }

    /// What was being written beside the target: a killed process leaves it, the next one takes a name of its own.
    private List<Path> leftOvers() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("image"))) {
            return all.filter(each -> each.getFileName().toString().endsWith(".part"))
                    .toList();
        }
    }

    @Test
    void twoAtOnce() throws Exception {
        Path cache = folder.resolve("cache");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(start(cache, folder.resolve("image")));
        }
        List<String> digests = new ArrayList<>();
        for (Process each : processes) {
            digests.add(digest(finish(each)));
        }
        assertThat(digests.get(0)).isEqualTo(digests.get(1));
        assertThat(Ran.cairn("inspect", folder.resolve("image").toString()).code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aFullDiskIsSaidAndLeavesNothing() throws Exception {
        Tool.require("mount");
        Path small = Files.createDirectories(folder.resolve("small"));
        if (!mount(small, "8m")) {
            System.out.println("skipped: no file system can be mounted here");
            return;
        }
        try {
            String digest = digest(run(folder.resolve("cache"), folder.resolve("good")));
            Process full = start(folder.resolve("cache"), small.resolve("image"));
            String said = finish(full);
            assertThat(full.exitValue()).as(said).isEqualTo(ExitCode.FAILED);
            assertThat(said).contains("No space left on device");
            try (Stream<Path> left = Files.list(small)) {
                assertThat(left).isEmpty();
            }
            // the cache itself on a file system that is full: nothing is taken for whole afterwards
            Process cached = start(small.resolve("cache"), folder.resolve("other"));
            assertThat(finish(cached)).contains("No space left on device");
            assertThat(folder.resolve("other")).doesNotExist();
            assertThat(command("mount", "-o", "remount,size=64m", small.toString()))
                    .isZero();
            // a cache on another file system than the target
            assertThat(digest(run(small.resolve("cache"), folder.resolve("other"))))
                    .isEqualTo(digest);
        } finally {
            command("umount", small.toString());
        }
    }

    private static boolean mount(Path place, String size) throws Exception {
        return command("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", place.toString()) == 0;
    }

    private static int command(String... words) throws Exception {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Process start(Path cache, Path target) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cairn.cli.Main",
                "build",
                definition,
                "--to",
                target.toString());
        builder.environment().put("CAIRN_CACHE", cache.toString());
        return builder.redirectErrorStream(true).start();
    }

    private String run(Path cache, Path target) throws Exception {
        Process process = start(cache, target);
        String out = finish(process);
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }

    private static String finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return out;
    }

    private static String digest(String out) {
        return out.lines().filter(each -> each.startsWith("digest")).findFirst().orElse(out);
    }
}
