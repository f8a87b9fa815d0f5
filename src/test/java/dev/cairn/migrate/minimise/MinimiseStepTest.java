package dev.cairn.migrate.minimise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.BuiltInCatalogue;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.PackageNames;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.StepResult;
import dev.cairn.migrate.dockerfile.Target;
import dev.cairn.migrate.split.ProjectFiles;
import dev.cairn.testing.Golden;
import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each `.case` file is a project with a Dockerfile; the `.minimised` file beside it is what comes of it.
class MinimiseStepTest {
    private static final Path CASES = Path.of("src/test/resources/dev/cairn/migrate/minimise");
    private static final Target TARGET = new Target(
            "registry/my.co",
            Distribution.WOLFI,
            new BuiltInCatalogue(Distribution.WOLFI),
            PackageNames.builtIn()::outcome);

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(each -> each.endsWith(".case"))
                    .map(each -> each.substring(0, each.length() - 5))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> project(String name) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        String current = null;
        for (String line : Files.readAllLines(CASES.resolve(name + ".case"))) {
            if (line.startsWith("=== ")) {
                current = line.substring(4);
                files.put(current, "");
            } else if (current != null) {
                files.merge(current, line + "\n", String::concat);
            }
        }
        return files;
    }

    private record Made(Map<String, String> files) implements ProjectFiles {
        @Override
        public Optional<String> text(String path) {
            return Optional.ofNullable(files.get(path));
        }

        @Override
        public List<String> all() {
            return List.copyOf(files.keySet());
        }
    }

    private static MinimiseStep step(Map<String, String> files) {
        RunEvidence evidence = RunEvidence.read(bytes(files.getOrDefault("Dockerfile.evidence", "")))
                        instanceof RunEvidence.Reading.Read(RunEvidence read)
                ? read
                : RunEvidence.none();
        return new MinimiseStep(TARGET, new Made(files), evidence);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMinimisedAsRecorded(String name) throws IOException {
        Map<String, String> files = project(name);
        MinimiseStep step = step(files);
        byte[] before = bytes(files.getOrDefault("Dockerfile", ""));
        StepResult result = step.apply(before);

        StringBuilder said = new StringBuilder();
        said.append(result.isChanged() ? SourceText.display(result.diff("Dockerfile")) : "It stays as it is.\n");
        for (Finding each : result.findings()) {
            said.append("line ")
                    .append(each.line())
                    .append(", ")
                    .append(each.reason().level().word());
            said.append(' ').append(each.reason().id()).append(": ");
            said.append(SourceText.display(each.message())).append('\n');
        }
        Golden.check(CASES + "/" + name + ".minimised", said.toString());
        assertThat(step.apply(result.after().bytes()).isChanged())
                .describedAs("a second run")
                .isFalse();
    }

    /// Line ends of Windows are kept.
    @ParameterizedTest
    @MethodSource("cases")
    void carriageReturnsStay(String name) throws IOException {
        Map<String, String> files = project(name);
        MinimiseStep step = new MinimiseStep(TARGET, new Made(files));
        String text = files.getOrDefault("Dockerfile", "");
        String after = step.apply(bytes(text)).after().chars();
        String windows = step.apply(bytes(text.replace("\n", "\r\n"))).after().chars();
        assertThat(windows.replace("\r\n", "\n")).isEqualTo(after);
        assertThat(windows.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    @Test
    void aDamagedFileOfEvidenceIsRefused(@TempDir Path folder) throws IOException {
        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM debian\nRUN apt-get install gcc\n");
        Files.writeString(folder.resolve("Dockerfile.evidence"), "run\ta\nwhat\n");
        StepResult result = new MinimiseStep(TARGET).of(dockerfile).apply(Files.readAllBytes(dockerfile));
        assertThat(result.isChanged()).isFalse();
        assertThat(result.findings()).hasSize(1).allMatch(each -> each.message().startsWith("line 2 of the evidence"));
        Files.writeString(folder.resolve("Dockerfile.evidence"), "run\ta\ninstalled\tgcc\nlinked\n");
        assertThat(new MinimiseStep(TARGET)
                        .of(dockerfile)
                        .apply(Files.readAllBytes(dockerfile))
                        .after()
                        .chars())
                .isEqualTo("FROM debian\n");
    }

    /// A health check of a compose file runs in the container.
    @Test
    void composeFilesAboveAreRead(@TempDir Path folder) throws IOException {
        Path api = Files.createDirectories(folder.resolve("api"));
        Files.writeString(api.resolve("app.py"), "pass");
        Path dockerfile = Files.writeString(
                api.resolve("Dockerfile"),
                "FROM alpine AS b\nFROM alpine\nRUN apk add curl wget\nCOPY --from=b /a /a\nCMD [\"/a\"]\n");
        Files.writeString(folder.resolve("compose.yaml"), "test: [CMD-SHELL, 'curl localhost']\n");
        StepResult result = new MinimiseStep(TARGET).of(dockerfile).apply(Files.readAllBytes(dockerfile));
        assertThat(result.after().chars()).contains("apk add curl\n");
        Files.createDirectory(api.resolve(".git"));
        assertThat(new MinimiseStep(TARGET)
                        .of(dockerfile)
                        .apply(Files.readAllBytes(dockerfile))
                        .after()
                        .chars())
                .doesNotContain("curl");
    }

    @Test
    void anyBytesGiveAnAnswer() throws IOException {
        for (String name : cases()) {
            Map<String, String> files = project(name);
            MinimiseStep step = new MinimiseStep(TARGET, new Made(files));
            Mutations.of(bytes(files.getOrDefault("Dockerfile", "")), 11, 60, mutated -> {
                StepResult result = step.apply(mutated);
                assertThat(result.before().bytes()).isEqualTo(mutated);
            });
        }
    }
}
