package dev.cairn.cli;

import dev.cairn.image.AssembledImage;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Lock;
import dev.cairn.image.Selection;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of the commands that build, and the building.
final class BuildOptions {
    private final DefinitionOptions options = new DefinitionOptions();
    private final OptionSpec locked =
            Spec.flag("build what the lock beside the definition says, and fail when it does not fit", "--locked");
    private final LockedOptions lockedOptions = new LockedOptions();

    CommandSpec addTo(CommandSpec spec) {
        return lockedOptions.addTo(options.addTo(spec).addOption(locked));
    }

    /// The definition as the command line wants it.
    Definition read(Path path) throws IOException {
        return options.read(path);
    }

    /// The name of what is built where the command line names none.
    String outputName(Path path) {
        return options.outputName(path);
    }

    /// Its tag.
    String outputTag(Path path) {
        return options.outputTag(path);
    }

    /// Builds every image of a definition; nothing is written but the cache.
    Built build(Session session, Definition definition, Path path, Progress progress) throws IOException {
        List<AssembledImage> images = new ArrayList<>();
        Workshop workshop = lockedOptions.open(session, options, progress);
        for (Selection each : selections(workshop.builder(), definition, path)) {
            each.warnings().forEach(session::warn);
            AssembledImage image = workshop.builder().assemble(definition, each);
            image.warnings().forEach(session::warn);
            images.add(image);
        }
        return Built.of(definition, path, images);
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
}
