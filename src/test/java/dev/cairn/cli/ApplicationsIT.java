package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.builder.BuildRequest;
import dev.cairn.builder.ImageBuilder;
import dev.cairn.testing.FolderServer;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The applications of `examples/apps` go the whole path: each step's result is built by a real builder from our own
/// images, and does what the original does. What the originals stand on are stand-ins made of Debian's packages.
class ApplicationsIT {
    private static final List<String> STEPS =
            Stream.of(MigrationSteps.NAMES.split(", ", -1)).toList();
    private static final Path HOST_CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");

    /// What was pulled stays for the next run.
    private static final Path BUILDER = Path.of("target/applications");

    /// What the original needs to start as root, as docker gives it.
    private static final Map<String, List<String>> CAPABILITIES = Map.of("nginx", List.of("CHOWN", "SETGID", "SETUID"));

    @TempDir
    static Path folder;

    static Path maven;
    static FolderServer mavenServer;
    static ApplicationImages images;

    @BeforeAll
    static void start() throws IOException {
        Tool.requireRoot();
        Tool.require("buildah");
        Tool.require("runc");
        Tool.require("curl");
        maven = Files.createDirectories(folder.resolve("maven"));
        mavenServer = FolderServer.of(maven);
        images = new ApplicationImages(folder.resolve("images"), mavenServer.uri());
    }

    @AfterAll
    static void stop() throws IOException {
        if (images != null) {
            images.close();
            mavenServer.close();
        }
    }

    @ParameterizedTest
    @Tag("e2e")
    @ValueSource(strings = {"go", "nginx", "worker"})
    void lightOnes(String name) throws Exception {
        walk(name);
    }

    @ParameterizedTest
    @Tag("e2e")
    @ValueSource(strings = {"flask", "express", "sinatra", "rust", "php", "c"})
    void others(String name) throws Exception {
        walk(name);
    }

    /// What Maven fetches is fetched once on this machine, and served on loopback to the builds.
    @ParameterizedTest
    @Tag("e2e")
    @ValueSource(strings = "java")
    void withMaven(String name) throws Exception {
        Path project = copy(name, "fetch");
        Tool.require("mvn")
                .run("-B", "-q", "-Dmaven.repo.local=" + maven, "-f", project.resolve("pom.xml"), "package")
                .success();
        walk(name);
    }

    private void walk(String name) throws Exception {
        Path project = copy(name, name);
        Path today = build(project, name + "-today");
        String before = Files.readString(project.resolve("Dockerfile"));
        for (String step : STEPS) {
            Ran ran = ApplicationImages.migrate(project, step);
            assertThat(ran.code()).as(ran.err()).isLessThan(2);
            String after = Files.readString(project.resolve("Dockerfile"));
            if (!after.equals(before)) {
                compare(name, step, today, build(project, name + "-" + step));
            }
            before = after;
        }
    }

    private static void compare(String name, String step, Path before, Path after) {
        List<String> arguments =
                new ArrayList<>(List.of("verify-migration", before.toString(), after.toString(), "--yes"));
        Path smoke = Path.of("examples/apps/smoke", name + ".sh");
        if (Files.exists(smoke)) {
            arguments.addAll(List.of("--smoke", smoke.toString()));
        }
        CAPABILITIES.getOrDefault(name, List.of()).forEach(each -> arguments.addAll(List.of("--cap-add", each)));
        Ran ran = Ran.cairn(System.getenv(), arguments.toArray(String[]::new));
        System.out.println(name + " after " + step + ":\n" + ran.out());
        assertThat(ran.code())
                .as("%s after %s:%n%s%s", name, step, ran.out(), ran.err())
                .isZero();
    }

    private Path build(Path project, String name) throws IOException, InterruptedException {
        Path dockerfile = project.resolve("Dockerfile");
        images.require(dockerfile);
        ImageBuilder builder = ImageBuilder.find(BUILDER);
        if (builder == null) {
            throw new AssertionError(ImageBuilder.advice());
        }
        Path to = folder.resolve(name);
        builder.build(
                BuildRequest.of(dockerfile, project)
                        .withRedirects(images.redirects())
                        .withNetwork(certificates(project)),
                to);
        return to;
    }

    /// npm asks its registry over TLS. Where packages are installed, theirs would be in the way of the host's.
    private static Path certificates(Path project) throws IOException {
        boolean npm = Files.exists(project.resolve("package.json"));
        return npm && Files.exists(HOST_CERTIFICATES) ? HOST_CERTIFICATES : null;
    }

    private static Path copy(String name, String to) throws IOException {
        return ApplicationImages.copy(
                Path.of("examples/apps", name), folder.resolve("projects").resolve(to));
    }
}
