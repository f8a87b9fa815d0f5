package dev.cairn.cli;

import dev.cairn.image.AssembledImage;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Lock;
import dev.cairn.image.Selection;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn build`: a definition becomes an image.
final class BuildCommand implements Command {
    static final String NAME = "build";

    private final PositionalParamSpec file = Spec.parameter(0, "DEFINITION", "the image definition (YAML)", true);
    private final DefinitionOptions options = new DefinitionOptions();
    private final OptionSpec to =
            Spec.text("PATH", "where to write the image: an OCI layout folder, or a tar when it ends in .tar", "--to");
    private final OptionSpec tags =
            Spec.texts("NAME:TAG", "a name for the image; may be given several times", "-t", "--tag");
    private final OptionSpec push =
            Spec.texts("REF", "push the image to a registry; may be given several times", "--push");
    private final OptionSpec locked =
            Spec.flag("build what the lock beside the definition says, and fail when it does not fit", "--locked");
    private final LockedOptions lockedOptions = new LockedOptions();
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return lockedOptions.addTo(options.addTo(Spec.command(
                                this,
                                NAME,
                                "Builds an image from a definition.",
                                "cairn build examples/redis.yaml",
                                "cairn build examples/redis.yaml --arch amd64,arm64 --to redis.tar",
                                "cairn build examples/python.yaml --variant dev --push localhost:5000/python:3.13-dev",
                                "cairn build examples/redis.yaml --locked")
                        .addPositional(file))
                .addOption(to)
                .addOption(tags)
                .addOption(push)
                .addOption(locked)
                .addOption(output.spec()));
    }

    @Override
    public int run(Session session) throws IOException {
        long start = System.nanoTime();
        Path path = Path.of(file.<String>getValue());
        Definition definition = options.read(path);
        Path target = target(path, definition);
        List<Reference> names = names(path, definition);
        List<AssembledImage> images = new ArrayList<>();
        try (Progress progress = session.progress("building")) {
            Workshop workshop = lockedOptions.open(session, options, progress);
            for (Selection each : selections(workshop.builder(), definition, path)) {
                each.warnings().forEach(session::warn);
                AssembledImage built = workshop.builder().assemble(definition, each);
                built.warnings().forEach(session::warn);
                images.add(built);
            }
            write(images, target, names, definition);
        }
        BuildReport report = new BuildReport(definition, images, target, names, System.nanoTime() - start);
        if (output.isJson()) {
            report.json(session.console().out());
        } else {
            report.text(session);
        }
        List<Reference> references = references(push);
        if (!references.isEmpty()) {
            List<Image> built = images.stream().map(AssembledImage::image).toList();
            new Publisher(session).push(built, index(images, definition), references);
        }
        return ExitCode.DONE;
    }

    private static List<Reference> references(OptionSpec option) {
        String[] given = option.getValue();
        List<Reference> references = new ArrayList<>();
        for (String each : given) {
            references.add(Reference.parse(each));
        }
        return references;
    }

    private List<Selection> selections(ImageBuilder builder, Definition definition, Path path) throws IOException {
        List<Selection> selections = new ArrayList<>();
        boolean beside = locked.getValue();
        Lock known = lockedOptions.lock(definition, path, beside, beside);
        for (Architecture architecture : DefinitionOptions.architectures(definition)) {
            selections.add(
                    known == null
                            ? builder.select(definition, architecture)
                            : builder.select(definition, architecture, known));
        }
        return selections;
    }

    private void write(List<AssembledImage> images, Path target, List<Reference> names, Definition definition)
            throws IOException {
        LayoutWriter writer = new LayoutWriter();
        if (images.size() == 1) {
            writer.add(images.getFirst().image(), names);
        } else {
            writer.add(index(images, definition), names);
        }
        if (target.toString().endsWith(".tar")) {
            writer.writeTar(target);
        } else {
            writer.writeFolder(target);
        }
    }

    private static ImageIndex index(List<AssembledImage> images, Definition definition) {
        List<Image> all = images.stream().map(AssembledImage::image).toList();
        return ImageIndex.of(all, ImageBuilder.annotations(definition));
    }

    private Path target(Path path, Definition definition) {
        String given = to.getValue();
        return Path.of(given != null ? given : DefinitionOptions.name(path, definition) + ".oci");
    }

    private List<Reference> names(Path path, Definition definition) {
        List<Reference> names = references(tags);
        if (names.isEmpty()) {
            names.add(Reference.parse(DefinitionOptions.tag(path, definition)));
        }
        return names;
    }
}
