package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BumpCommandTest {
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    Path folder;

    private FakeRegistry registry;
    private String prefix;

    @BeforeEach
    void fill() throws IOException {
        registry = FakeRegistry.start();
        prefix = registry.host() + "/hardened";
        for (String tag : new String[] {"3.12.4-dev", "3.12.9-dev", "3.12.9", "3.13.0-dev", "3.12"}) {
            registry.putManifest("hardened/python", tag, TYPE, manifest(tag));
        }
        Files.writeString(folder.resolve("Dockerfile"), "FROM " + prefix + "/python:3.12.4-dev AS a\nRUN true\n");
        Files.writeString(
                folder.resolve("Dockerfile.other"),
                "FROM " + prefix + "/python:3.12.4-dev@sha256:" + "0".repeat(64) + "\nFROM " + prefix
                        + "/python:3.12\n");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void showsTheNewestInTheLine() throws IOException {
        Ran ran = Ran.cairn("bump", folder.toString(), "--registry", prefix);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "-FROM " + prefix + "/python:3.12.4-dev AS a\n+FROM " + prefix + "/python:3.12.9-dev AS a\n",
                        "+FROM " + prefix + "/python:3.12.9-dev@" + Digest.of(manifest("3.12.9-dev")) + "\n");
        assertThat(Files.readString(folder.resolve("Dockerfile"))).contains("3.12.4-dev");
    }

    @Test
    void commitsEachImage() throws IOException {
        Tool git = Tool.require("git");
        git.run("init", "-q", folder).success();
        git.run("-C", folder, "config", "user.name", "Somebody").success();
        git.run("-C", folder, "config", "user.email", "somebody@example.org").success();
        git.run("-C", folder, "add", ".").success();
        git.run("-C", folder, "commit", "-qm", "first").success();
        assertThat(Ran.cairn("bump", folder.toString(), "--commit", "--registry", prefix)
                        .code())
                .isZero();
        assertThat(git.run("-C", folder, "log", "--format=%s").success().lines())
                .hasSize(3)
                .contains("Bump " + prefix + "/python:3.12.4-dev to python:3.12.9-dev");
        Ran again = Ran.cairn("bump", folder.toString(), "--registry", prefix);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("is the newest in its line");
    }

    @Test
    void aRegistryIsACatalogueToo() throws IOException {
        Path file = Files.writeString(folder.resolve("Containerfile"), "FROM python:3.12\nRUN true\nFROM ruby:3.3\n");
        registry.putManifest("hardened/python", "3.12-dev", TYPE, manifest("3.12-dev"));
        Ran ran = Ran.cairn("convert", file.toString(), "--catalog", prefix);
        assertThat(ran.out())
                .startsWith("FROM " + prefix + "/python:3.12-dev\nUSER root\n")
                .endsWith("FROM ruby:3.3\n");
        assertThat(ran.err()).contains("refused [no-image] ruby:3.3");
    }

    private static byte[] manifest(String tag) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\",\"annotations\":{\"tag\":\"" + tag + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
