package dev.cairn.builder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.Credential;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.testing.DockerDaemon;
import dev.cairn.testing.HelloProgram;
import dev.cairn.testing.SmallImages;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real builders build on an image of our own registry, under the name that it has elsewhere.
class ImageBuilderIT {
    private static final String DOCKERFILE = """
            ARG NAME=nobody
            FROM hello:1
            ARG NAME
            RUN ["/hello"]
            COPY file /place/
            LABEL name=$NAME
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"BUILDAH", "PODMAN"})
    void buildsOnWhatTheRedirectNames(Engine engine) throws Exception {
        Tool.requireRoot();
        Tool.require(engine.program());
        Tool.require("runc");
        try (TestRegistry registry = registry()) {
            ImageBuilder builder = ImageBuilder.with(engine, folder.resolve("state"));
            Path to = folder.resolve("built");
            builder.build(request(registry).withArguments(Map.of("NAME", "somebody")), to);
            check(to, "somebody");

            Files.writeString(folder.resolve("Dockerfile"), "FROM hello:1\nRUN [\"/absent\"]\n");
            assertThatThrownBy(() -> builder.build(request(registry), folder.resolve("failed")))
                    .isInstanceOf(BuilderException.class)
                    .hasMessageContaining("absent")
                    .hasMessageContaining("log: ");
            assertThat(folder.resolve("failed")).doesNotExist();
            assertThatThrownBy(
                            () -> builder.build(request(registry).within(Duration.ofMillis(1)), folder.resolve("late")))
                    .extracting(e -> ((BuilderException) e).code())
                    .isEqualTo(BuilderException.Code.TIMEOUT);
        }
    }

    @Test
    void dockerIsToldInTheDockerfile() throws Exception {
        Path shortFolder = Files.createTempDirectory("d");
        try (DockerDaemon daemon = DockerDaemon.start(shortFolder);
                TestRegistry registry = registry()) {
            Path to = folder.resolve("built.tar");
            Path program = HostProgram.find("docker");
            assumeTrue(program != null);
            Programs programs =
                    new Programs(folder.resolve("log"), Map.of("DOCKER_HOST", daemon.host(), "DOCKER_BUILDKIT", "0"));
            new DockerBuild(program, folder, programs).build(request(registry), to);
            check(to, "nobody");
        }
    }

    private void check(Path built, String name) throws IOException {
        Image image =
                ImageSource.open(built.toString(), Optional.empty()).images().getFirst();
        assertThat(image.config().execution().labels()).containsEntry("name", name);
        assertThat(image.config().execution().entrypoint()).containsExactly("/hello");
        assertThat(image.layers().size()).isGreaterThanOrEqualTo(2);
    }

    private BuildRequest request(TestRegistry registry) {
        return BuildRequest.of(folder.resolve("Dockerfile"), folder.resolve("context"))
                .withRedirects(List.of(new Redirect("docker.io", registry.host())));
    }

    private TestRegistry registry() throws IOException {
        Files.createDirectories(folder.resolve("context"));
        Files.writeString(folder.resolve("context/file"), "content");
        Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE, UTF_8);
        TestRegistry registry = TestRegistry.start(folder.resolve("registry"));
        registry.organisation("library");
        RegistryClient client = new RegistryClient(RegistryOptions.ANONYMOUS.withCredentials(
                (host, repository) -> new Credential.Password("owner", registry.ownerToken())));
        client.push(
                Reference.parse(registry.host() + "/library/hello:1"),
                SmallImages.image(SmallImages.layer(tar -> tar.file("hello", 0755, HelloProgram.elf("hello\n")))));
        registry.makePublic("library/hello");
        return registry;
    }
}
