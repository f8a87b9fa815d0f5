package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `cairn path`, as far as it needs no builder.
class PathCommandTest {
    private static final String DOCKERFILE = """
            FROM python:3
            WORKDIR /app
            RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
            COPY requirements.txt .
            RUN pip install -r requirements.txt
            COPY . .
            CMD python app.py
            """;

    @TempDir
    Path folder;

    private Path shop;
    private Path work;

    @BeforeEach
    void write() throws IOException {
        shop = Files.createDirectories(folder.resolve("shop"));
        work = folder.resolve("work");
        Path catalog = Files.createDirectories(folder.resolve("catalog/python"));
        Files.writeString(
                catalog.resolve("3.13.yaml"), "contents:\n  repositories: [deb trixie main]\n  packages: [python3]\n");
        Files.writeString(Files.createDirectories(shop.resolve("orders")).resolve("Dockerfile"), DOCKERFILE);
        Files.writeString(shop.resolve("orders/requirements.txt"), "");
        Files.writeString(
                shop.resolve("compose.yaml"),
                "services:\n  db:\n    image: \"postgres:15\" # for orders\n  image:\n    build: .\n");
        Files.writeString(
                shop.resolve("pod.yml"),
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: registry.example/team/app:1\n      name: app\n");
        Files.writeString(shop.resolve("values.yaml"), "  image: nginx\n");
    }

    @Test
    void eachStepIsAChangeOfItsOwnOnACopy() throws IOException {
        JsonNode json = json("--no-build");
        assertThat(steps(json)).containsExactly("today", "base", "split", "minimise", "distroless");
        assertThat(diff(json, 1))
                .contains("+FROM cairn.local/hardened/python:3.13-dev\n", "+USER 65532\n")
                .doesNotContain("builder");
        assertThat(diff(json, 2))
                .contains("+FROM cairn.local/hardened/python:3.13-dev AS builder\n")
                .doesNotContain("python:3\n");
        assertThat(diff(json, 4))
                .contains("+FROM cairn.local/hardened/python:3.13\n", "+CMD [\"python\", \"app.py\"]\n");
        assertThat(Files.readString(shop.resolve("orders/Dockerfile"))).isEqualTo(DOCKERFILE);
        assertThat(Files.readString(work.resolve("steps/split/orders/Dockerfile")))
                .contains("CMD python app.py");
    }

    @Test
    void theSurveyListsEachUse() {
        JsonNode uses = json("--no-build").get("uses");
        List<String> all = new ArrayList<>();
        uses.forEach(each ->
                all.add(each.get("file").asString() + ":" + each.get("line").asInt() + " "
                        + each.get("kind").asString() + " " + each.get("image").asString()));
        assertThat(all)
                .containsExactly(
                        "orders/Dockerfile:1 from python:3",
                        "compose.yaml:3 compose postgres:15",
                        "pod.yml:5 manifest registry.example/team/app:1");
    }

    @Test
    void aStepCanBeTakenAloneAndTheWorkThrownAway() {
        assertThat(steps(json("--no-build", "--to", "base"))).containsExactly("today", "base");
        assertThat(work.resolve("steps/base/orders/Dockerfile")).exists();
        Ran ran = cairn("--discard");
        assertThat(ran.code()).isZero();
        assertThat(work).doesNotExist();
    }

    @Test
    void writeNeedsARegistryAndWritesAsFarAsAsked() throws IOException {
        assertThat(cairn("--no-build", "--write").code()).isEqualTo(ExitCode.USAGE);
        Ran ran = cairn("--no-build", "--to", "base", "--write", "--registry", "registry.example/hardened");
        assertThat(ran.code()).isZero();
        assertThat(Files.readString(shop.resolve("orders/Dockerfile")))
                .startsWith("FROM registry.example/hardened/python:3.13-dev\nUSER root\n");
    }

    @Test
    void whatIsNotBuiltIsNeverCalledNought() {
        Ran ran = cairn("--no-build");
        assertThat(ran.out()).contains("not run").contains("left out: images, smoke test and scan");
        assertThat(ran.out().lines().filter(line -> line.startsWith("base")))
                .singleElement()
                .asString()
                .contains("–");
    }

    @Test
    void aRefusalIsExitCodeOne() throws IOException {
        Files.writeString(shop.resolve("orders/Dockerfile"), "FROM python:2.7\nRUN apt-get install -y curl\n");
        Ran ran = cairn("--no-build");
        assertThat(ran.code()).isEqualTo(ExitCode.NO);
        assertThat(ran.err()).contains("[no-version]").contains("left as it is");
    }

    @Test
    void withoutADockerfileThereIsNothingToWalk() throws IOException {
        Files.delete(shop.resolve("orders/Dockerfile"));
        Ran ran = cairn("--no-build");
        assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("no Dockerfile was found");
    }

    private JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        return new JsonMapper().readTree(cairn(all.toArray(String[]::new)).out());
    }

    private static List<String> steps(JsonNode json) {
        List<String> steps = new ArrayList<>();
        json.get("steps").forEach(each -> steps.add(each.get("step").asString()));
        return steps;
    }

    private static String diff(JsonNode json, int step) {
        return json.get("steps").get(step).get("files").get(0).get("diff").asString();
    }

    private Ran cairn(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "path", shop.toString(), "--catalog", folder.resolve("catalog").toString(), "--work", work.toString()));
        all.addAll(List.of(arguments));
        return Ran.cairn(all.toArray(String[]::new));
    }
}
