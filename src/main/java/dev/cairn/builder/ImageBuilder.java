package dev.cairn.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds images from Dockerfiles with a builder of this machine. What buildah and podman pull stays in their storage
/// under the state folder, so that the next build need not pull it again; nothing else of the machine's own storage
/// is touched. Docker keeps what it pulls and builds in its engine.
///
/// Not for use by several threads at once.
public final class ImageBuilder {
    private final Engine engine;
    private final Path program;
    private final Path state;

    private ImageBuilder(Engine engine, Path program, Path state) {
        this.engine = engine;
        this.program = program;
        this.state = state;
    }

    /// This machine's builder; null where it has none, see [#advice].
    ///
    /// @param state a folder of ours for storage and logs, on a disk with room
    public static @Nullable ImageBuilder find(Path state) throws IOException, InterruptedException {
        for (Engine engine : Engine.preferred()) {
            Path program = HostProgram.find(engine.program());
            if (program != null && (engine != Engine.DOCKER || DockerBuild.answers(program))) {
                return open(engine, program, state);
            }
        }
        return null;
    }

    /// The builder with this engine.
    public static ImageBuilder with(Engine engine, Path state) throws IOException {
        Path program = HostProgram.find(engine.program());
        if (program == null) {
            throw new BuilderException(
                    BuilderException.Code.UNAVAILABLE,
                    "there is no " + engine.program() + " on the PATH\ntry: apt-get install " + engine.debianPackage());
        }
        return open(engine, program, state);
    }

    private static ImageBuilder open(Engine engine, Path program, Path state) throws IOException {
        Path absolute = state.toAbsolutePath().normalize();
        Files.createDirectories(absolute);
        return new ImageBuilder(engine, program, absolute);
    }

    /// How to get a builder where [#find] has none.
    public static String advice() {
        return "this machine has no builder: buildah, podman, or docker with its engine running\n"
                + "try: apt-get install buildah";
    }

    public Engine engine() {
        return engine;
    }

    /// The folder with its storage and logs.
    public Path state() {
        return state;
    }

    /// Builds, and writes the image to `to`, which must not exist yet: an OCI layout (buildah, podman) or a docker
    /// archive. [dev.cairn.oci.source.ImageSource] opens both.
    ///
    /// @throws BuilderException with the log's last lines, when the build fails or takes too long
    public void build(BuildRequest request, Path to) throws IOException, InterruptedException {
        Path log = state.resolve("build.log");
        Files.deleteIfExists(log);
        if (engine == Engine.DOCKER) {
            new DockerBuild(program, state, new Programs(log, Map.of())).build(request, to);
        } else {
            new ContainersBuild(engine, program, new Storage(state), log).build(request, to);
        }
    }
}
