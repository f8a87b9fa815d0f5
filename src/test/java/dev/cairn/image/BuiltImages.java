package dev.cairn.image;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.image.definition.Variant;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.oci.layout.Rootfs;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.sandbox.Mount;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxSpec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Builds images for tests with the caller's own cache, so that packages are downloaded once.
final class BuiltImages {
    private static final int PATIENCE = 20_000;

    private final CacheDirectory cache = CacheDirectory.of(System.getenv());

    /// The mirror that this machine's apt uses, or the test is skipped.
    static AptMirror requireMirror() throws IOException {
        AptMirror mirror = AptMirror.find(null, null, System.getenv(), Path.of("/etc/apt"));
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    mirror.archive().resolve("dists/trixie/InRelease").toURL().openConnection();
            connection.setRequestMethod("HEAD");
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
                return mirror;
            }
        } catch (IOException e) {
            System.out.println(
                    "the Debian mirror does not answer: " + e.getClass().getSimpleName());
        }
        System.out.println("skipped: no Debian mirror answers");
        return abort("no Debian mirror answers");
    }

    /// The folder with the examples.
    static Path examples() {
        return Path.of("examples").toAbsolutePath();
    }

    /// The image of one of the examples.
    AssembledImage example(String name) throws IOException {
        return build(DefinitionReader.read(examples().resolve(name + ".yaml")), requireMirror());
    }

    /// The dev variant of one of the examples.
    AssembledImage developmentExample(String name) throws IOException {
        Definition definition = DefinitionReader.read(examples().resolve(name + ".yaml"));
        return build(definition.withVariant(Variant.DEV), requireMirror());
    }

    /// The image of a definition for this machine.
    AssembledImage build(Definition definition, AptMirror mirror) throws IOException {
        return build(definition, mirror, List.of());
    }

    /// The image of a definition for this machine, with further keys.
    AssembledImage build(Definition definition, AptMirror mirror, List<Path> keys) throws IOException {
        return build(definition, mirror, keys, Architecture.host());
    }

    /// The image of a definition for an architecture, with further keys.
    AssembledImage build(Definition definition, AptMirror mirror, List<Path> keys, Architecture architecture)
            throws IOException {
        Downloader downloader = new Downloader(cache, Downloader.Options.of(System.getenv()));
        Repositories repositories = new Repositories(downloader, new Repositories.Trust(keys, false), () -> mirror);
        ImageBuilder builder = new ImageBuilder(repositories, cache);
        return builder.assemble(definition, builder.select(definition, architecture));
    }

    /// The image's files in a new folder.
    static Path unpack(Image image, Path folder) throws IOException {
        Path root = folder.resolve("root");
        Rootfs.unpack(image, root);
        return root;
    }

    /// A sandbox as `cairn run` makes it, or the test is skipped where there is no engine.
    static Sandbox sandbox(Path folder) throws IOException {
        return Sandbox.open(Files.createDirectories(folder.resolve("sandbox")));
    }

    /// What `cairn run` would do with the image: its user, its environment, its folder, its volumes, a /tmp in memory.
    static SandboxSpec.Builder run(Image image, Path root, List<String> command) {
        Execution execution = image.config().execution();
        SandboxSpec.Builder spec =
                SandboxSpec.of(root, command).user(execution.user()).workDir(execution.workingDir());
        // as cairn run does where the root is read-only
        spec.mount(new dev.cairn.sandbox.Mount.Tmpfs("/tmp", ""));
        for (String each : execution.env()) {
            int equals = each.indexOf('=');
            spec.env(each.substring(0, equals), each.substring(equals + 1));
        }
        execution.volumes().forEach(place -> spec.mount(new Mount.Volume(place)));
        return spec;
    }
}
