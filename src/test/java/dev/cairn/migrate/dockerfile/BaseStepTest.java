package dev.cairn.migrate.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.Distribution;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class BaseStepTest {
    private static final Path MISTAKES = Path.of("src/test/resources/dev/cairn/migrate/dockerfile/mistakes");
    private static final List<Distribution> TARGETS =
            List.of(Distribution.WOLFI, Distribution.ALPINE, Distribution.DEBIAN);

    @Test
    void anyBytesAreConvertedOrKept() throws IOException {
        List<BaseStep> steps =
                TARGETS.stream().map(TestTargets::to).map(BaseStep::new).toList();
        int seed = 0;
        for (Path file : files(MISTAKES)) {
            byte[] original = before(file);
            Mutations.of(original, seed++, 60, damaged -> {
                for (BaseStep step : steps) {
                    StepResult result = step.apply(damaged);
                    assertThat(result.before().bytes()).isEqualTo(damaged);
                    if (!result.isChanged()) {
                        assertThat(result.after().bytes()).isEqualTo(damaged);
                    }
                }
            });
        }
    }

    @Test
    void everyPropertyHoldsForEveryDamagedFile() throws IOException {
        BaseStep step = new BaseStep(TestTargets.to(Distribution.WOLFI));
        List<String> violations = new ArrayList<>();
        int seed = 1000;
        for (Path file : files(MISTAKES)) {
            Mutations.of(
                    before(file),
                    seed++,
                    25,
                    damaged -> PropertyCheck.of(step, step.apply(damaged))
                            .forEach(violation -> violations.add(
                                    violation + "\n" + new String(damaged, StandardCharsets.ISO_8859_1))));
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void everyPropertyHoldsForFilesThatAreHardToRead() throws IOException {
        Path cases = SharedData.require("dockerfiles/cases");
        List<String> violations = new ArrayList<>();
        for (Path file : files(cases)) {
            for (Distribution target : TARGETS) {
                BaseStep step = new BaseStep(TestTargets.to(target));
                PropertyCheck.of(step, step.apply(Files.readAllBytes(file)))
                        .forEach(violation -> violations.add(file.getFileName() + " " + target + " " + violation));
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void largeFilesEnd() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            BaseStep step = new BaseStep(TestTargets.to(Distribution.WOLFI));
            String lines = "FROM debian:12\nRUN apt-get update && apt-get install -y curl \\\n"
                    + " && echo a \\\n".repeat(70_000) + " && true\n";
            assertThat(step.apply(lines.getBytes(StandardCharsets.UTF_8)).isChanged())
                    .isTrue();
            String stages = "FROM debian:12\nRUN apt-get install -y curl\n".repeat(5_000);
            assertThat(step.apply(stages.getBytes(StandardCharsets.UTF_8)).isChanged())
                    .isTrue();
            String chain = "FROM debian:12 AS a0\n"
                    + java.util.stream.IntStream.range(1, 3_000)
                            .mapToObj(i -> "FROM a" + (i - 1) + " AS a" + i + "\nRUN true\n")
                            .collect(java.util.stream.Collectors.joining());
            step.apply(chain.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static byte[] before(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("==== before\n") + "==== before\n".length();
        return text.substring(start, text.indexOf("\n==== ", start) + 1).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
