package dev.cairn.cli;

import dev.cairn.builder.BuildRequest;
import dev.cairn.builder.ImageBuilder;
import dev.cairn.inspect.ImageContents;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.oci.Image;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.proof.Conduct;
import dev.cairn.proof.MigrationProof;
import dev.cairn.proof.Rehearsal;
import dev.cairn.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An application before or after: a Dockerfile that is to be built, or an image.
///
/// @param name as the person gave it
/// @param request how it is built; null for an image
/// @param declared the variables that the Dockerfile sets
record MigrationSide(String name, @Nullable BuildRequest request, Set<String> declared) {
    private static final long LARGEST_DOCKERFILE = 4 << 20;

    /// Where both sides are built and run.
    ///
    /// @param scratch a folder for what goes away afterwards
    record Workplace(Session session, Path scratch, Rehearsal.Conditions conditions) {}

    boolean isBuilt() {
        return request != null;
    }

    /// The Dockerfile that the name stands for; null where it stands for an image.
    static @Nullable Path dockerfile(String name) throws IOException {
        Path path = Path.of(name);
        if (Files.isDirectory(path) && !Files.exists(path.resolve("oci-layout"))) {
            path = path.resolve("Dockerfile");
        }
        if (!Files.isRegularFile(path) || Files.size(path) > LARGEST_DOCKERFILE) {
            return null;
        }
        return stages(path).isEmpty() ? null : path;
    }

    private static List<Stage> stages(Path file) throws IOException {
        return Dockerfile.read(Files.readAllBytes(file)) instanceof Dockerfile.Reading.Read(Dockerfile read)
                ? Stage.of(read)
                : List.of();
    }

    /// The names that the file's `ENV`s set.
    static Set<String> declared(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Stage stage : stages(file)) {
            for (Instruction instruction : stage.instructions()) {
                for (int i = 0;
                        instruction.is("env") && i < instruction.arguments().size();
                        i += 3) {
                    names.add(instruction.arguments().get(i).value());
                }
            }
        }
        return names;
    }

    /// Builds it where that is to be done, looks into it, and runs it.
    MigrationProof.Side observe(Workplace place, String which) throws IOException, InterruptedException {
        Session session = place.session();
        Image image = request == null
                ? new RunImage(session).find(name)
                : ImageSource.open(build(place, request, which).toString(), Optional.empty())
                        .image(null);
        ImageContents contents;
        try (Progress progress = session.progress("reading " + name)) {
            contents = PlatformOption.inspect(image, true, progress);
        }
        contents.warnings().forEach(session::warn);
        session.say("cairn: running " + name);
        try (UnpackedImages.Root root =
                UnpackedImages.in(session.cacheDirectory()).root(image)) {
            Sandbox sandbox = Sandbox.open(session.cacheDirectory().root().resolve("run"));
            Conduct conduct = new Rehearsal(sandbox, place.conditions())
                    .run(root.folder(), image.config().execution());
            return new MigrationProof.Side(contents, conduct);
        }
    }

    private Path build(Workplace place, BuildRequest request, String which) throws IOException, InterruptedException {
        Session session = place.session();
        ImageBuilder builder = ImageBuilder.find(session.cacheDirectory().root().resolve("builder"));
        if (builder == null) {
            throw new CliException(CliException.Code.FAILED, ImageBuilder.advice());
        }
        session.say("cairn: building " + name + " with " + builder.engine().program());
        Path to = place.scratch().resolve(which);
        builder.build(request, to);
        return to;
    }
}
