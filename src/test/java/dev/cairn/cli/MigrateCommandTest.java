package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.SignedApkRepository;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `cairn convert` and `cairn migrate`.
class MigrateCommandTest {
    private static final String BEFORE = "FROM alpine:3.19\nRUN apk add --no-cache curl\n";
    private static final String AFTER =
            "FROM registry/my.co/base:latest\nUSER root\nRUN apk add --no-cache curl\nUSER 65532\n";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.createDirectories(folder.resolve("api")).resolve("Dockerfile");
        Files.writeString(file, BEFORE);
        Files.writeString(folder.resolve("Dockerfile.windows"), "FROM mcr.microsoft.com/windows/nanoserver:1809\n");
        Files.writeString(folder.resolve("Dockerfile.md"), "no Dockerfile\n");
    }

    @Test
    void convertPrintsTheResult() {
        Ran ran = cairn("convert", file.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo(AFTER);
        assertThat(ran.err()).contains("line 1: change [image] alpine:3.19 is registry/my.co/base:latest");
    }

    @Test
    void convertShowsOrWritesTheDifference() throws IOException {
        assertThat(cairn("convert", file.toString(), "--diff").out()).contains("-FROM alpine:3.19\n", "+USER root\n");
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
        assertThat(cairn("convert", file.toString(), "--write").out()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(AFTER);
    }

    @Test
    void convertWritesSeveralFilesAsAHookDoes() throws IOException {
        Path other = Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nCOPY a /\n");
        Ran ran = cairn("convert", "--write", file.toString(), other.toString());
        assertThat(ran.code()).isZero();
        assertThat(Files.readString(file)).isEqualTo(AFTER);
        assertThat(ran.err()).contains(file + ": line 1: change [image]");
        assertThat(cairn("convert", file.toString(), other.toString()).code()).isEqualTo(2);
    }

    @Test
    void theCataloguesDefinitionsSayWhatItIsBuiltFrom() throws IOException {
        Path catalog = Files.createDirectory(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("base.yaml"), """
                contents:
                  repositories:
                    - deb trixie main
                  packages: [bash]
                """);
        Files.writeString(file, "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n");
        assertThat(Ran.cairn(
                                "convert",
                                file.toString(),
                                "--catalog",
                                catalog.toString(),
                                "--registry",
                                "registry/my.co")
                        .out())
                .contains("apt-get install -y curl")
                .contains("FROM registry/my.co/base:latest");
    }

    @Test
    void namesThatTheRepositoriesLackAreNotWritten() throws IOException {
        SignedApkRepository repository = SignedApkRepository.in(folder.resolve("repository"));
        repository.add(ApkSpec.of("curl", "8.0-r0"));
        repository.index();
        Files.writeString(file, "FROM debian:12\nRUN apt-get update && apt-get install -y curl git\n");
        Ran ran = cairn(
                "convert",
                file.toString(),
                "--repository",
                repository.root().toString(),
                "--arch",
                "x86_64",
                "--allow-untrusted");
        assertThat(ran.err()).contains("git is not known in alpine").doesNotContain("curl is not known");
    }

    @Test
    void convertSaysMoreAsJson() {
        JsonNode json = new JsonMapper()
                .readTree(cairn("convert", file.toString(), "-o", "json").out());
        assertThat(json.get("result").asString()).isEqualTo(AFTER);
        assertThat(json.get("findings").get(0).get("reason").asString()).isEqualTo("image");
    }

    @Test
    void aRefusalIsExitCodeOne() throws IOException {
        Files.writeString(file, "FROM python:${V}\n");
        Ran ran = cairn("convert", file.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("FROM python:${V}\n");
        assertThat(ran.err()).contains("line 1: refused [from-variable]");
    }

    @Test
    void withoutAStepThereIsAPlan() {
        Ran ran = cairn("migrate", folder.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("""
                Dockerfile.windows
                  base        blocked: 1 refusal
                    line 1 windows: mcr.microsoft.com/windows/nanoserver:1809 is an image for Windows
                  split       done
                  minimise    done
                  distroless  done
                api/Dockerfile
                  base        ready: 3 changes
                    line 1 image: alpine:3.19 is registry/my.co/base:latest
                  split       done
                  minimise    done
                  distroless  blocked: 1 refusal
                    line 1 distroless-run: its RUNs only set up: with --catalog FOLDER an image definition can do that
                """);
    }

    @Test
    void aStepShowsAndWrites() throws IOException {
        assertThat(cairn("migrate", folder.toString(), "--step", "base").out())
                .startsWith("--- a/api/Dockerfile\n+++ b/api/Dockerfile\n");
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
        cairn("migrate", folder.toString(), "--step", "base", "--write");
        assertThat(Files.readString(file)).isEqualTo(AFTER);
        assertThat(cairn("migrate", folder.toString(), "--step", "base").out()).isEmpty();
    }

    @Test
    void reportsHaveTheFormatOfTheirName() throws IOException {
        for (String name : new String[] {"r.html", "r.md", "r.json", "r.sarif"}) {
            cairn("migrate", folder.toString(), "--report", folder.resolve(name).toString());
        }
        assertThat(Files.readString(folder.resolve("r.md")))
                .contains("| api/Dockerfile | ready: 3 changes |", "+USER root");
        assertThat(Files.readString(folder.resolve("r.html"))).contains("<span class=\"add\">+USER root</span>");
        JsonNode json = new JsonMapper().readTree(Files.readString(folder.resolve("r.json")));
        assertThat(json.get("files").get(1).get("steps").get(0).get("status").asString())
                .isEqualTo("ready");
        JsonNode sarif = new JsonMapper().readTree(Files.readString(folder.resolve("r.sarif")));
        assertThat(sarif.get("runs").get(0).get("results").get(0).get("ruleId").asString())
                .isEqualTo("windows");
        assertThat(cairn("migrate", folder.toString(), "--report", "r.txt").code())
                .isEqualTo(2);
    }

    @Test
    void commitsEachFileAndStep() throws IOException {
        Tool git = Tool.require("git");
        git.run("init", "-q", folder).success();
        git.run("-C", folder, "config", "user.name", "Somebody").success();
        git.run("-C", folder, "config", "user.email", "somebody@example.org").success();
        git.run("-C", folder, "add", ".").success();
        git.run("-C", folder, "commit", "-qm", "first").success();
        Files.writeString(folder.resolve("other"), "staged\n");
        git.run("-C", folder, "add", "other").success();
        assertThat(cairn("migrate", folder.toString(), "--step", "base", "--commit")
                        .out())
                .isNotEmpty();
        String log = git.run("-C", folder, "log", "--format=%s%n%b", "--stat").success();
        assertThat(log)
                .contains("api/Dockerfile: use the catalogue's images and packages", "[image]", "1 file changed");
        assertThat(git.run("-C", folder, "status", "--porcelain").success()).isEqualTo("A  other\n");
        Files.writeString(file, BEFORE);
        assertThat(cairn("migrate", folder.toString(), "--step", "base", "--commit")
                        .err())
                .contains("changes that are not committed");
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
    }

    @Test
    void mistakesOfUsageAreSaid() {
        assertThat(cairn("migrate", folder.resolve("none").toString()).code()).isEqualTo(2);
        assertThat(cairn("migrate", folder.toString(), "--write").err()).contains("--step");
        assertThat(cairn("migrate", folder.toString(), "--step", "x").err())
                .contains("base, split, minimise, distroless");
        assertThat(Ran.cairn("convert", file.toString(), "--to", "fedora").code())
                .isEqualTo(2);
        assertThat(Ran.cairn("convert", file.toString(), "--registry", "a b").code())
                .isEqualTo(2);
        assertThat(Ran.cairn("convert", "-", "--write").code()).isEqualTo(2);
    }

    private static Ran cairn(String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + 4);
        System.arraycopy(new String[] {"--registry", "registry/my.co", "--to", "alpine"}, 0, all, args.length, 4);
        return Ran.cairn(all);
    }
}
