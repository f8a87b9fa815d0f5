package dev.cairn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.builder.Redirect;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.Credential;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.testing.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The images that the applications' Dockerfiles name, in our registry in this process: upstream's are stand-ins made
/// of Debian's packages, the catalogue's are built from `examples/catalog`, custom ones from the definition that a step
/// wrote. Images to build in get this machine's mirrors, since those that they name need not be reachable.
final class ApplicationImages implements AutoCloseable {
    /// What the catalogue's images are called.
    static final String PREFIX = "hardened.example/apps";

    /// The catalogue.
    static final Path CATALOG = Path.of("examples/catalog");

    private static final Path STAND_INS = Path.of("examples/apps/stand-ins");

    /// What a catalogue's images to build in have beside those to run.
    private static final Map<String, String> BUILD_TOOLS =
            Map.of("node", "npm", "ruby", "bundler", "php", "composer, php8.4-mbstring, unzip");

    private final Path folder;
    private final TestRegistry registry;
    private final RegistryClient client;
    private final Set<String> present = new HashSet<>();

    ApplicationImages(Path folder, URI mavenMirror) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.registry = TestRegistry.start(folder.resolve("registry"));
        registry.organisation("library");
        registry.organisation("apps");
        this.client = new RegistryClient(RegistryOptions.ANONYMOUS.withCredentials(
                (host, repository) -> new Credential.Password("owner", registry.ownerToken())));
        write("apt.conf", "Dir::Etc::sourcelist \"/etc/apt/mirror.list\";\nDir::Etc::sourceparts \"/dev/null\";\n");
        AptMirror mirror = AptMirror.find(null, null, System.getenv(), Path.of("/etc/apt"));
        String options = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg check-valid-until=no] ";
        write(
                "mirror.list",
                "deb " + options + mirror.archive() + " trixie main\ndeb " + options + mirror.security()
                        + " trixie-security main\n");
        write(
                "settings.xml",
                "<settings><mirrors><mirror><id>test</id><mirrorOf>*</mirrorOf><url>" + mavenMirror
                        + "</url></mirror></mirrors></settings>\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, UTF_8);
    }

    List<Redirect> redirects() {
        return List.of(new Redirect("docker.io", registry.host()), new Redirect("hardened.example", registry.host()));
    }

    /// Has each image that the file names.
    void require(Path dockerfile) throws IOException {
        Dockerfile file = ((Dockerfile.Reading.Read) Dockerfile.read(Files.readAllBytes(dockerfile))).file();
        List<Stage> stages = Stage.of(file);
        for (Stage stage : stages) {
            String image = stage.image().value();
            if (stage.earlier(stages, image) == null && present.add(image)) {
                push(image, dockerfile.resolveSibling("."));
            }
        }
    }

    private void push(String image, Path custom) throws IOException {
        Reference reference = Reference.parse(image);
        String tag = String.valueOf(reference.tag());
        String name = reference.repository().substring(reference.repository().indexOf('/') + 1);
        Path definition;
        boolean dev = true;
        if (!image.startsWith(PREFIX)) {
            definition = developing(STAND_INS.resolve(name).resolve(tag + ".yaml"), name, "");
        } else if (name.startsWith("custom/")) {
            definition =
                    custom.resolve(name.substring("custom/".length()) + ".yaml").normalize();
            dev = false;
        } else {
            dev = tag.endsWith("-dev") || name.equals("base");
            Path own = tag.equals("latest")
                    ? CATALOG.resolve(name + ".yaml")
                    : CATALOG.resolve(name).resolve((dev ? tag.substring(0, tag.length() - 4) : tag) + ".yaml");
            definition = dev ? developing(own, name, BUILD_TOOLS.getOrDefault(name, "")) : own;
        }
        Path layout = Files.createTempDirectory(folder, "image");
        Ran built = Ran.cairn(
                System.getenv(),
                "build",
                definition.toString(),
                "--variant",
                dev ? "dev" : "runtime",
                "--no-sbom",
                "--to",
                layout.resolve("layout").toString());
        if (built.code() != 0) {
            throw new AssertionError(image + ": " + built.err());
        }
        client.push(
                Reference.parse(registry.host() + "/" + reference.repository() + ":" + tag),
                ImageSource.open(layout.resolve("layout").toString(), Optional.empty())
                        .image(null));
        registry.makePublic(reference.repository());
    }

    /// The definition, with this machine's mirrors in the image.
    private Path developing(Path definition, String name, String tools) throws IOException {
        Path wrapper =
                folder.resolve("dev-" + name + "-" + definition.getFileName().toString());
        Files.writeString(wrapper, """
                include: %s
                contents:
                  packages: [debian-archive-keyring%s]
                files:
                  - source: apt.conf
                    path: /etc/apt/apt.conf.d/90test
                  - source: mirror.list
                    path: /etc/apt/mirror.list
                  - source: settings.xml
                    path: /root/.m2/settings.xml
                """.formatted(definition, tools.isEmpty() ? "" : ", " + tools));
        return wrapper;
    }

    /// A copy of an application's folder.
    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path each : walk.sorted().toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
        return to;
    }

    /// Lets a step change an application.
    static Ran migrate(Path project, String step) {
        List<String> arguments = new ArrayList<>(List.of("migrate", project.toString(), "--step", step, "--write"));
        arguments.addAll(List.of("--catalog", CATALOG.toString(), "--to", "debian", "--registry", PREFIX));
        return Ran.cairn(arguments.toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
