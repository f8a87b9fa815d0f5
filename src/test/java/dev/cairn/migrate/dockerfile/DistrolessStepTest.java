package dev.cairn.migrate.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.FolderCatalogue;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistrolessStepTest {
    private static final String SET_UP = """
            FROM registry/my.co/python:3.12-dev
            USER root
            RUN apk update && apk add --no-cache curl tzdata && rm -rf /var/cache/apk/*
            RUN addgroup -g 1001 app && adduser -D -u 1001 -G app app \\
             && mkdir -p /data && chown app:app /data && ln -s /data /srv/data
            WORKDIR /app
            COPY . .
            USER app
            CMD ["python", "app.py"]
            """;

    @TempDir
    Path catalogue;

    private DistrolessStep step;

    @BeforeEach
    void define() throws IOException {
        Files.createDirectories(catalogue.resolve("python"));
        Files.writeString(catalogue.resolve("python/3.12.yaml"), """
                contents:
                  repositories: [deb trixie main]
                  packages: [python3]
                entrypoint: {command: /usr/bin/python3}
                """);
        Target target = TestTargets.to(Distribution.WOLFI);
        step = new DistrolessStep(
                new Target(target.registry(), target.distribution(), target.catalogue(), target.packages(), catalogue));
    }

    @Test
    void aBareDistributionBecomesWhatACompiledProgramNeeds() throws IOException {
        String file = """
                FROM registry/my.co/go:1.20-dev AS build
                RUN CGO_ENABLED=0 go build -o /a
                FROM registry/my.co/base:latest
                COPY --from=build /a /a
                CMD ["/a"]
                """;
        Target target = TestTargets.to(Distribution.WOLFI);
        Files.writeString(catalogue.resolve("static.yaml"), "contents: {packages: [tzdata]}\n");
        Files.writeString(catalogue.resolve("glibc-dynamic.yaml"), "contents: {packages: [libc6]}\n");
        DistrolessStep listed = new DistrolessStep(new Target(
                target.registry(),
                target.distribution(),
                FolderCatalogue.read(catalogue, Optional.empty()),
                target.packages(),
                catalogue));
        assertThat(after(listed, file)).isEqualTo(file.replace("base:latest", "static:latest"));
        String linked = file.replace("CGO_ENABLED=0 ", "");
        assertThat(after(listed, linked)).isEqualTo(linked.replace("base:latest", "glibc-dynamic:latest"));
        Files.delete(catalogue.resolve("static.yaml"));
        Files.delete(catalogue.resolve("glibc-dynamic.yaml"));
        DistrolessStep without = new DistrolessStep(new Target(
                target.registry(),
                target.distribution(),
                FolderCatalogue.read(catalogue, Optional.empty()),
                target.packages(),
                catalogue));
        assertThat(after(without, file)).isEqualTo(file);
    }

    private static String after(DistrolessStep step, String file) {
        return step.apply(file.getBytes(StandardCharsets.UTF_8)).after().chars();
    }

    @Test
    void dropsDevWhereNothingRuns() {
        StepResult result = apply("""
                FROM registry/my.co/go:1.20-dev AS build
                RUN go build -o /a
                FROM registry/my.co/node:20-dev
                COPY --from=build /a /a
                CMD node /app/server.js
                """);
        assertThat(result.after().chars()).isEqualTo("""
                FROM registry/my.co/go:1.20-dev AS build
                RUN go build -o /a
                FROM registry/my.co/node:20
                COPY --from=build /a /a
                CMD ["node", "/app/server.js"]
                """);
        assertThat(result.findings()).extracting(Finding::reason).containsExactly(Reason.DEV_DROPPED, Reason.EXEC_FORM);
        assertThat(step.apply(result.after().bytes()).isChanged()).isFalse();
    }

    @Test
    void aSetUpBecomesADefinition() {
        StepResult result = apply(SET_UP);
        assertThat(result.after().chars()).isEqualTo("""
                FROM registry/my.co/custom/python-curl-tzdata:3.12
                WORKDIR /app
                COPY . .
                USER app
                CMD ["python", "app.py"]
                """);
        assertThat(result.files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("python-curl-tzdata.yaml");
            assertThat(file.content())
                    .contains("include: " + catalogue + "/python/3.12.yaml\n", "    - curl\n    - tzdata\n")
                    .contains("  - path: /data\n    type: directory\n    uid: 1001\n    gid: 1001\n")
                    .contains("  - path: /srv/data\n    type: symlink\n    source: /data\n");
        });
        assertThat(step.apply(result.after().bytes()).isChanged()).isFalse();
    }

    @Test
    void whatAnImageThatIsNotRootMayMissIsNoted() {
        String stage = """
                FROM registry/my.co/node:20-dev
                WORKDIR /srv
                COPY . .
                VOLUME /srv/data
                EXPOSE 80 8080/tcp 443/tcp
                CMD ["node", "server.js"]
                """;
        assertThat(apply(stage).findings())
                .filteredOn(finding -> finding.reason() != Reason.DEV_DROPPED)
                .extracting(Finding::reason, Finding::line)
                .containsExactly(
                        tuple(Reason.WRITABLE_FOLDER, 2),
                        tuple(Reason.VOLUME_OWNER, 4),
                        tuple(Reason.PRIVILEGED_PORT, 5),
                        tuple(Reason.PRIVILEGED_PORT, 5));
        assertThat(apply(stage.replace("CMD", "USER root\nCMD")).findings())
                .extracting(Finding::reason)
                .containsExactly(Reason.DEV_DROPPED);
        assertThat(apply(stage.replace("COPY .", "COPY --chown=65532 .")).findings())
                .extracting(Finding::reason)
                .doesNotContain(Reason.WRITABLE_FOLDER);
    }

    @Test
    void theDefinitionIsOneThatCairnReads() throws IOException {
        StepResult.NewFile file = apply(SET_UP).files().getFirst();
        Path written = Files.writeString(catalogue.resolve(file.name()), file.content());
        Definition definition = DefinitionReader.read(written);
        assertThat(definition.contents().packages().toString()).contains("python3", "curl", "tzdata");
        assertThat(definition.toString()).contains("/data", "app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pip install flask",
                "chown app /app",
                "apk add --no-cache curl || true",
                "curl https://example.org | sh",
                "useradd --weird x",
                "apk add --virtual .x gcc",
                "echo a > /etc/x",
                "ln -s a b",
                "mkdir data"
            })
    void anythingElseKeepsDev(String command) {
        StepResult result = apply("FROM registry/my.co/python:3.12-dev\nRUN " + command + "\n");
        assertThat(result.isChanged()).isFalse();
        assertThat(result.findings()).extracting(Finding::reason).containsExactly(Reason.DISTROLESS_RUN);
    }

    @Test
    void withoutDefinitionsItSaysWhatIsMissing() {
        StepResult result =
                new DistrolessStep(TestTargets.to(Distribution.WOLFI)).apply(SET_UP.getBytes(StandardCharsets.UTF_8));
        assertThat(result.isChanged()).isFalse();
        assertThat(result.findings().getFirst().message()).contains("--catalog");
    }

    @Test
    void anyBytesAreConvertedOrKept() {
        Mutations.of(SET_UP.getBytes(StandardCharsets.UTF_8), 5, 3_000, damaged -> {
            StepResult result = step.apply(damaged);
            assertThat(result.before().bytes()).isEqualTo(damaged);
            assertThat(step.apply(result.after().bytes()).isChanged()).isFalse();
        });
    }

    private StepResult apply(String text) {
        return step.apply(text.getBytes(StandardCharsets.UTF_8));
    }
}
