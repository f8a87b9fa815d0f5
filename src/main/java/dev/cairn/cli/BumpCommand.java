package dev.cairn.cli;

import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.UnifiedDiff;
import dev.cairn.migrate.dockerfile.DockerfileFolder;
import dev.cairn.migrate.dockerfile.PinnedImages;
import dev.cairn.migrate.dockerfile.PinnedImages.Pin;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn bump`: pinned images of the catalogue to the newest in their line.
final class BumpCommand implements Command {
    static final String NAME = "bump";

    private final PositionalParamSpec folder =
            Spec.parameter(0, "FOLDER", "The folder, or one file (default: the working folder).", false);
    private final RegistryPrefix registry = new RegistryPrefix();
    private final OptionSpec write = Spec.flag("Write the changes.", "-w", "--write");
    private final OptionSpec commit = Spec.flag("Write them, with a git commit for each image.", "--commit");

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        NAME,
                        "Move pinned tags and digests of the catalogue's images to the newest in their line.",
                        "cairn bump . --registry registry.example.org/hardened",
                        "cairn bump . --commit")
                .addPositional(folder)
                .addOption(registry.spec())
                .addOption(write)
                .addOption(commit);
    }

    /// One image's move, and the files that it is in.
    private record Move(String from, String to, List<Path> files) {}

    @Override
    public int run(Session session) throws IOException {
        String given = folder.getValue();
        Path root = Path.of(given == null ? "." : given);
        if (!Files.exists(root)) {
            throw new CliException(CliException.Code.USAGE, "there is no " + root + "\ntry: cairn bump FOLDER");
        }
        String prefix = registry.value(session);
        Newest newest = new Newest(new RegistryClient(session.registries()));
        Map<String, Move> moves = new TreeMap<>();
        List<Path> files = DockerfileFolder.find(root);
        for (Path file : files) {
            for (Pin pin : PinnedImages.of(Files.readAllBytes(file), prefix)) {
                String version = newest.of(pin);
                if (!version.equals(pin.version())) {
                    Move move = new Move(pin.name() + pin.version(), pin.name() + version, new ArrayList<>());
                    moves.computeIfAbsent(move.from, key -> move).files.add(file);
                }
            }
        }
        boolean commits = commit.getValue();
        boolean writes = commits || (boolean) write.getValue();
        show(session, root, files, prefix, moves);
        if (writes) {
            write(session, prefix, moves, commits, root);
        }
        if (moves.isEmpty()) {
            session.say("cairn: every pinned image is the newest in its line");
        }
        return ExitCode.DONE;
    }

    private static void show(Session session, Path root, List<Path> files, String prefix, Map<String, Move> moves)
            throws IOException {
        for (Path file : files) {
            byte[] before = Files.readAllBytes(file);
            SourceText after = moved(before, prefix, moves);
            String path =
                    root.equals(file) ? file.toString() : root.relativize(file).toString();
            byte[] diff = UnifiedDiff.of(path, SourceText.of(before), after).getBytes(StandardCharsets.ISO_8859_1);
            session.console().out().write(diff, 0, diff.length);
        }
    }

    private static SourceText moved(byte[] bytes, String prefix, Map<String, Move> moves) {
        List<Pin> pins = PinnedImages.of(bytes, prefix);
        List<String> versions = new ArrayList<>();
        for (Pin pin : pins) {
            Move move = moves.get(pin.name() + pin.version());
            versions.add(
                    move == null ? pin.version() : move.to.substring(pin.name().length()));
        }
        return PinnedImages.with(bytes, pins, versions);
    }

    private static void write(Session session, String prefix, Map<String, Move> moves, boolean commits, Path root)
            throws IOException {
        Path absolute = root.toAbsolutePath();
        Path parent = absolute.getParent();
        GitCommits git = new GitCommits(Files.isDirectory(absolute) || parent == null ? absolute : parent);
        for (Move move : moves.values()) {
            List<Path> files = move.files.stream().distinct().toList();
            for (Path file : files) {
                if (commits && !git.isClean(file)) {
                    throw new CliException(
                            CliException.Code.FAILED,
                            file + ": git does not know it, or it has changes that are not committed");
                }
            }
            for (Path file : files) {
                SourceText after = moved(Files.readAllBytes(file), prefix, Map.of(move.from, move));
                WrittenFile.replace(file, after.bytes());
            }
            if (commits) {
                git.commit(files, "Bump " + move.from + " to " + move.to.substring(move.to.lastIndexOf('/') + 1));
            }
            session.say(move.from + " is now " + move.to);
        }
    }

    /// Asks the registry, once for each image.
    private static final class Newest {
        private final RegistryClient client;
        private final Map<String, List<String>> tags = new LinkedHashMap<>();

        Newest(RegistryClient client) {
            this.client = client;
        }

        String of(Pin pin) throws IOException {
            Reference image = Reference.parse(pin.name());
            String tag = pin.tag();
            if (!tag.isEmpty()) {
                List<String> known = tags.get(pin.name());
                if (known == null) {
                    known = client.tags(image);
                    tags.put(pin.name(), known);
                }
                tag = PinnedImages.newest(tag, known);
            }
            String version = tag.isEmpty() ? "" : ":" + tag;
            if (pin.digest().isEmpty()) {
                return version;
            }
            Descriptor current = client.find(image.withTag(tag.isEmpty() ? "latest" : tag));
            return current == null ? pin.version() : version + "@" + current.digest();
        }
    }
}
