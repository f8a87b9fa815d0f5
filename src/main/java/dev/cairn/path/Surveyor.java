package dev.cairn.path;

import dev.cairn.mapping.Catalogue;
import dev.cairn.mapping.Choice;
import dev.cairn.mapping.ImageNames;
import dev.cairn.mapping.UpstreamImage;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.DockerfileFolder;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Reference;
import dev.cairn.path.Survey.Kind;
import dev.cairn.path.Survey.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds what images a repository uses: Dockerfiles, Compose files, and plain manifests.
public final class Surveyor {
    private static final int MOST_FILES = 50_000;
    private static final int LARGEST = 1 << 20;

    private final Path root;
    private final Catalogue catalogue;
    private final List<Use> uses = new ArrayList<>();

    private Surveyor(Path root, Catalogue catalogue) {
        this.root = root;
        this.catalogue = catalogue;
    }

    /// What the repository uses.
    ///
    /// @param catalogue says what each image would become
    public static Survey survey(Path root, Catalogue catalogue) throws IOException {
        Surveyor surveyor = new Surveyor(root, catalogue);
        List<String> dockerfiles = new ArrayList<>();
        for (Path each : DockerfileFolder.find(root)) {
            String shown = surveyor.shown(each);
            dockerfiles.add(shown);
            surveyor.dockerfile(shown, Files.readAllBytes(each));
        }
        for (Path each : yaml(root)) {
            surveyor.yaml(
                    surveyor.shown(each),
                    SourceText.of(Files.readAllBytes(each)).chars());
        }
        return new Survey(dockerfiles, surveyor.uses);
    }

    private String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> yaml(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path each : (Iterable<Path>) walk.limit(MOST_FILES)::iterator) {
                String name = String.valueOf(each.getFileName());
                boolean hidden = root.relativize(each).toString().startsWith(".git/")
                        || each.toString().contains("node_modules");
                if ((name.endsWith(".yaml") || name.endsWith(".yml"))
                        && !hidden
                        && Files.isRegularFile(each)
                        && Files.size(each) <= LARGEST) {
                    found.add(each);
                }
            }
        }
        found.sort(null);
        return found;
    }

    private void dockerfile(String path, byte[] bytes) {
        if (!(Dockerfile.read(bytes) instanceof Dockerfile.Reading.Read(Dockerfile file))) {
            return;
        }
        List<Stage> stages = Stage.of(file);
        for (Stage stage : stages) {
            String image = stage.image().value();
            if (stage.earlier(stages, image) == null && !image.equals("scratch")) {
                add(path, file.line(stage.from()), Kind.FROM, image);
            }
            for (Instruction each : stage.instructions()) {
                String from = each.is("copy") ? each.flag("from") : null;
                boolean number = from != null && from.chars().allMatch(Character::isDigit);
                if (from != null && !number && stage.earlier(stages, from) == null) {
                    add(path, file.line(each), Kind.COPY, from);
                }
            }
        }
    }

    /// The `image:` fields of a Compose file or a manifest, line by line, so that templates and other YAML dialects are
    /// no obstacle.
    private void yaml(String path, String text) {
        List<String> lines = text.lines().toList();
        boolean compose = lines.stream().anyMatch(line -> line.startsWith("services:"));
        boolean manifest = lines.stream().anyMatch(line -> line.startsWith("apiVersion:"))
                && lines.stream().anyMatch(line -> line.startsWith("kind:"));
        if (!compose && !manifest) {
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String image = image(lines.get(i));
            if (!image.isEmpty()) {
                add(path, i + 1, compose ? Kind.COMPOSE : Kind.MANIFEST, image);
            }
        }
    }

    static String image(String line) {
        String field = line.strip();
        field = field.startsWith("- ") ? field.substring(2).strip() : field;
        if (!field.startsWith("image:") || field.length() == line.length()) {
            return "";
        }
        String value = field.substring("image:".length()).strip();
        int comment = value.indexOf(" #");
        value = comment < 0 ? value : value.substring(0, comment).strip();
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.endsWith(value.substring(0, 1));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private void add(String path, int line, Kind kind, String image) {
        uses.add(new Use(path, line, kind, image, hardened(image)));
    }

    private String hardened(String image) {
        if (image.indexOf('$') >= 0 || image.indexOf('{') >= 0) {
            return "a variable";
        }
        try {
            return switch (ImageNames.identify(Reference.parse(image))) {
                case UpstreamImage.Known known ->
                    switch (catalogue.choose(known, false)) {
                        case Choice.Found found -> found.name() + ":" + found.tag();
                        case Choice.NoImage none -> "no image " + none.name() + " in the catalogue";
                        case Choice.NoVersion none ->
                            "no " + none.name() + " " + none.wanted() + " in the catalogue"
                                    + (none.nearest().isEmpty() ? "" : ", but " + String.join(", ", none.nearest()));
                    };
                case UpstreamImage.Foreign _ -> "not a public image that is known";
                case UpstreamImage.Excluded excluded -> excluded.why().toLowerCase(Locale.ROOT);
            };
        } catch (OciException _) {
            return "not the name of an image";
        }
    }
}
