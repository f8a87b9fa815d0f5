package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.SignedApkRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The definition that the step `distroless` makes of a Dockerfile's RUNs is built by `cairn build`.
class CustomDefinitionTest {
    @TempDir
    Path folder;

    @Test
    void anEmittedDefinitionIsBuilt() throws IOException {
        SignedApkRepository repository = SignedApkRepository.in(folder.resolve("repository"));
        repository.add(ApkSpec.of("python", "3.12-r0").arch("x86_64").file("usr/bin/python", "python"));
        repository.add(ApkSpec.of("curl", "8.0-r0").arch("x86_64").file("usr/bin/curl", "curl"));
        repository.index();
        Path catalog = Files.createDirectories(folder.resolve("catalog/python"));
        Files.writeString(
                catalog.resolve("3.12.yaml"),
                "contents:\n  repositories: [" + repository.root() + "]\n  keyring: [" + repository.publicKey()
                        + "]\n  packages: [python]\nentrypoint: {command: /usr/bin/python}\narchs: [x86_64]\n");
        Path project = Files.createDirectories(folder.resolve("project"));
        Path file = Files.writeString(project.resolve("Dockerfile"), """
                FROM registry/my.co/python:3.12-dev
                USER root
                RUN apk add --no-cache curl
                RUN addgroup -g 1001 app && adduser -D -u 1001 -G app app && mkdir -p /data && chown app:app /data
                COPY . /app
                EXPOSE 80
                USER app
                CMD ["/app/main.py"]
                """);
        Ran migrated = Ran.cairn(
                "migrate",
                file.toString(),
                "--step",
                "distroless",
                "--write",
                "--registry",
                "registry/my.co",
                "--catalog",
                catalog.getParent().toString());
        assertThat(migrated.code()).as(migrated.err()).isZero();
        assertThat(Files.readString(file)).startsWith("FROM registry/my.co/custom/python-curl:3.12\n");

        Path definition = project.resolve("python-curl.yaml");
        Path layout = folder.resolve("built");
        Ran built = Ran.cairn(
                "--cache",
                folder.resolve("cache").toString(),
                "build",
                definition.toString(),
                "--to",
                layout.toString());
        assertThat(built.code()).as(built.err()).isZero();
        assertThat(Ran.cairn("inspect", layout.toString()).out()).contains("curl", "python");
    }
}
