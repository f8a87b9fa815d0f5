package dev.cairn.migrate.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.FolderCatalogue;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The five images that started it all, against a catalogue that has them and one that does not.
class FivePairsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void define() throws IOException {
        for (String name : List.of(
                "full/base",
                "full/go/1.20",
                "full/python/3.10",
                "full/ruby/3.1",
                "full/jdk/openjdk-21",
                "empty/go/1.23",
                "empty/python/3.12",
                "empty/python/3.11")) {
            Path file = folder.resolve(name + ".yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "contents: {packages: [x]}\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alpine:3.18,  base:latest,         base:latest",
        "golang:1.20,  go:1.20-dev,         go:1.20",
        "python:3.10,  python:3.10-dev,     python:3.10",
        "ruby:3.1,     ruby:3.1-dev,        ruby:3.1",
        "openjdk:21,   jdk:openjdk-21-dev,  jdk:openjdk-21"
    })
    void aCatalogueThatHasThem(String upstream, String dev, String runtime) throws IOException {
        assertThat(convert("full", "FROM " + upstream + "\nRUN true\n").after().chars())
                .isEqualTo("FROM registry/my.co/" + dev + "\nUSER root\nRUN true\nUSER 65532\n");
        assertThat(convert("full", "FROM " + upstream + "\nCOPY a /a\n").after().chars())
                .isEqualTo("FROM registry/my.co/" + runtime + "\nCOPY a /a\n");
    }

    @ParameterizedTest
    @CsvSource({
        "alpine:3.18,  no-image,    base",
        "golang:1.20,  no-version,  1.23",
        "python:3.10,  no-version,  3.11",
        "ruby:3.1,     no-image,    ruby",
        "openjdk:21,   no-image,    jdk"
    })
    void aCatalogueThatDoesNot(String upstream, String reason, String said) throws IOException {
        StepResult result = convert("empty", "FROM " + upstream + "\nRUN true\n");
        assertThat(result.isChanged()).isFalse();
        Finding finding = result.findings().stream()
                .filter(Finding::isRefusal)
                .findFirst()
                .orElseThrow();
        assertThat(finding.reason().id()).isEqualTo(reason);
        assertThat(finding.message()).contains(said);
    }

    @Test
    void theBuiltInTablesTakeTheVersionOver() {
        Target target = TestTargets.to(Distribution.WOLFI);
        StepResult result = new BaseStep(target).apply(bytes("FROM python:3.10.4\nRUN true\n"));
        assertThat(result.after().chars()).startsWith("FROM registry/my.co/python:3.10-dev\n");
        assertThat(result.findings()).extracting(Finding::reason).contains(Reason.IMAGE);
    }

    private StepResult convert(String catalogue, String dockerfile) throws IOException {
        Target builtIn = TestTargets.to(Distribution.WOLFI);
        Target target = new Target(
                builtIn.registry(),
                builtIn.distribution(),
                FolderCatalogue.read(folder.resolve(catalogue), Optional.of(Distribution.WOLFI)),
                builtIn.packages());
        return new BaseStep(target).apply(bytes(dockerfile));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
