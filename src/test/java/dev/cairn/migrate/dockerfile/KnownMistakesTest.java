package dev.cairn.migrate.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.Distribution;
import dev.cairn.migrate.Finding;
import dev.cairn.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What other converters get wrong, one file a mistake: a Dockerfile, and what becomes of it for each target. To add
/// one, write a file with its title and `==== before`, name it in coverage.txt, run `./dev golden KnownMistakesTest`
/// and read what it gives.
class KnownMistakesTest {
    private static final String FOLDER = "src/test/resources/dev/cairn/migrate/dockerfile/";
    private static final List<Distribution> TARGETS =
            List.of(Distribution.WOLFI, Distribution.ALPINE, Distribution.DEBIAN);
    private static final String BEFORE = "==== before\n";

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(FOLDER, "mistakes"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNotMadeHere(Path file) throws IOException {
        String text = read(file);
        int start = text.indexOf(BEFORE) + BEFORE.length();
        int end = text.indexOf("\n==== ", start);
        String before = end < 0 ? text.substring(start) : text.substring(start, end + 1);
        StringBuilder actual = new StringBuilder(text.substring(0, start)).append(before);
        List<String> sections = new ArrayList<>();
        for (Distribution target : TARGETS) {
            String section = section(before, target);
            int same = sections.indexOf(section);
            sections.add(section);
            actual.append("==== ").append(target);
            actual.append(same < 0 ? "\n" + section : ": as " + TARGETS.get(same) + "\n");
        }
        Golden.check(file.toString(), actual.toString());
    }

    private static String section(String before, Distribution target) {
        BaseStep step = new BaseStep(TestTargets.to(target));
        StepResult result = step.apply(before.getBytes(StandardCharsets.UTF_8));
        StringBuilder section = new StringBuilder();
        if (result.isChanged()) {
            section.append(new String(result.after().bytes(), StandardCharsets.UTF_8));
        } else {
            section.append("(stays as it is)\n");
        }
        for (Finding finding : result.findings()) {
            section.append("-- line ").append(finding.line()).append(": ");
            section.append(finding.reason().level().word())
                    .append(' ')
                    .append(finding.reason().id());
            section.append(": ").append(finding.message()).append('\n');
        }
        assertThat(PropertyCheck.of(step, result)).isEmpty();
        return section.toString();
    }

    @Test
    void everyMistakeHasItsCase() throws IOException {
        List<String> listed = Files.readAllLines(Path.of(FOLDER, "coverage.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .sorted()
                .toList();
        List<String> present = cases().map(
                        file -> String.valueOf(file.getFileName()).replace(".txt", ""))
                .sorted()
                .toList();
        assertThat(present).isEqualTo(listed);
        for (Path file : cases().toList()) {
            String text = read(file);
            assertThat(text).startsWith("# ").contains(BEFORE);
            TARGETS.forEach(target -> assertThat(text).contains("\n==== " + target));
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
