package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole path with a small service: a stand-in of older packages, real builds, the smoke test at every step.
class PathIT {
    private static final String DOCKERFILE = """
            FROM python:3
            WORKDIR /app
            COPY . .
            EXPOSE 8000
            CMD python3 -m http.server 8000
            """;
    private static final String COMPOSE = """
            services:
              files:
                build: ./files
            """;
    private static final String SMOKE = """
            i=0
            until curl -sf --noproxy '*' http://127.0.0.1:8000/hello.txt; do
                i=$((i + 1)); [ $i -lt 100 ] || exit 1; sleep 0.2
            done
            """;

    @TempDir
    Path folder;

    private Path shop;

    @BeforeEach
    void write() throws IOException {
        shop = Files.createDirectories(folder.resolve("shop"));
        Path files = Files.createDirectories(shop.resolve("files"));
        Files.writeString(files.resolve("Dockerfile"), DOCKERFILE);
        Files.writeString(files.resolve("hello.txt"), "hello\n");
        Files.writeString(shop.resolve("compose.yaml"), COMPOSE);
        Files.writeString(shop.resolve("smoke.sh"), SMOKE);
        Path standIns = Files.createDirectories(shop.resolve("stand-ins/python"));
        Files.writeString(standIns.resolve("3.yaml"), definition("bookworm", "variant: dev\n"));
        Path catalog = Files.createDirectories(folder.resolve("catalog/python"));
        Files.writeString(catalog.resolve("3.13.yaml"), definition("trixie", "accounts: {run-as: 65532}\n"));
    }

    private static String definition(String suite, String more) {
        return "contents:\n  repositories: [deb " + suite + " main]\n  packages: [python3]\n" + more;
    }

    @Test
    void everyStepIsBuiltRunAndLookedInto() throws Exception {
        Tool.requireRoot();
        for (String each : new String[] {"buildah", "podman", "runc", "nsenter", "curl"}) {
            Tool.require(each);
        }
        JsonNode first = walk();
        assertThat(first.get("standIns").get(0).asString()).isEqualTo("python:3");
        JsonNode steps = first.get("steps");
        for (JsonNode step : steps) {
            assertThat(step.get("smoke").get("passed").asBoolean())
                    .as(step.toString())
                    .isTrue();
            assertThat(step.get("images").get(0).get("scanned").asBoolean()).isFalse();
        }
        JsonNode today = steps.get(0).get("images").get(0);
        JsonNode end = steps.get(steps.size() - 1).get("images").get(0);
        assertThat(today.get("root").asBoolean()).isTrue();
        assertThat(today.get("shells").isEmpty()).isFalse();
        assertThat(end.get("root").asBoolean()).isFalse();
        assertThat(end.get("shells").isEmpty()).isTrue();
        assertThat(end.get("packageManagers").isEmpty()).isTrue();
        assertThat(end.get("packages").asInt()).isLessThan(today.get("packages").asInt());
        assertThat(Files.readString(shop.resolve("files/Dockerfile"))).isEqualTo(DOCKERFILE);
        assertThat(folder.resolve("work/report.html"))
                .content()
                .contains("The path to distroless", "Stand-ins: python:3");

        // nothing changed: the answers are those of the first time
        assertThat(walk().get("steps")).isEqualTo(steps);
    }

    private JsonNode walk() {
        Ran ran = Ran.cairn(
                System.getenv(),
                "path",
                shop.toString(),
                "--catalog",
                folder.resolve("catalog").toString(),
                "--work",
                folder.resolve("work").toString(),
                "--data",
                folder.resolve("data").toString(),
                "--output",
                "json");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        return new JsonMapper().readTree(ran.out());
    }
}
