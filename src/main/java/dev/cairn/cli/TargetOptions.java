package dev.cairn.cli;

import dev.cairn.mapping.BuiltInCatalogue;
import dev.cairn.mapping.Catalogue;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.FolderCatalogue;
import dev.cairn.mapping.PackageNames;
import dev.cairn.migrate.dockerfile.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Where Dockerfiles are taken to: `--registry`, `--catalog`, `--to`.
final class TargetOptions {
    private final RegistryPrefix registry = new RegistryPrefix();
    private final OptionSpec catalog =
            Spec.text("FOLDER", "The image definitions that exist (default: built-in tables of names).", "--catalog");
    private final OptionSpec to =
            Spec.text("DISTRIBUTION", "wolfi (the default), alpine or debian: what the images are built from.", "--to");

    CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(registry.spec()).addOption(catalog).addOption(to);
    }

    Target target(Session session) throws IOException {
        Distribution distribution = distribution();
        String folder = catalog.getValue();
        return new Target(
                registry.value(session),
                distribution,
                catalogue(distribution),
                PackageNames.builtIn()::outcome,
                folder == null ? null : Path.of(folder));
    }

    private Distribution distribution() {
        String given = to.getValue();
        if (given == null) {
            return Distribution.WOLFI;
        }
        return switch (given) {
            case "wolfi" -> Distribution.WOLFI;
            case "alpine" -> Distribution.ALPINE;
            case "debian" -> Distribution.DEBIAN;
            default ->
                throw new CliException(
                        CliException.Code.USAGE,
                        "no target distribution '" + given + "'\ntry: --to wolfi, --to alpine or --to debian");
        };
    }

    private Catalogue catalogue(Distribution distribution) throws IOException {
        @Nullable String folder = catalog.getValue();
        if (folder == null) {
            return new BuiltInCatalogue(distribution);
        }
        Path path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "no catalogue in " + folder + ": not a folder\ntry: a folder of image definitions");
        }
        return FolderCatalogue.read(path, Optional.of(distribution));
    }
}
