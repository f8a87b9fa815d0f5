package dev.cairn.cli;

import dev.cairn.mapping.BuiltInCatalogue;
import dev.cairn.mapping.Catalogue;
import dev.cairn.mapping.CustomRows;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.FolderCatalogue;
import dev.cairn.mapping.Outcome;
import dev.cairn.mapping.PackageNames;
import dev.cairn.mapping.RegistryCatalogue;
import dev.cairn.migrate.dockerfile.Target;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryException;
import dev.cairn.packages.PackageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Where Dockerfiles are taken to: `--registry`, `--catalog`, `--to`, `--names`.
final class TargetOptions {
    private final RegistryPrefix registry = new RegistryPrefix();
    private final OptionSpec catalog = Spec.text(
            "WHERE",
            "Which images exist: a folder of definitions, or a registry (default: built-in tables of names).",
            "--catalog");
    private final OptionSpec to = Spec.text(
            "DISTRIBUTION",
            "wolfi, alpine or debian: what the images are built from (default: the catalogue's definitions say, else wolfi).",
            "--to");

    private final OptionSpec names =
            Spec.text("FILE", "Your own rows of package names, which win over the built-in ones.", "--names");

    private final RepositoryOption repositories = new RepositoryOption();
    private final DefinitionOptions options = new DefinitionOptions();

    CommandSpec addTo(CommandSpec spec) {
        return options.addTo(spec.addOption(registry.spec())
                .addOption(catalog)
                .addOption(to)
                .addOption(names)
                .addOption(repositories.spec()));
    }

    /// Whether the target's repositories are named.
    boolean hasRepositories() {
        return repositories.isGiven();
    }

    /// The target's repositories, opened.
    PackageSource source(Session session) throws IOException {
        try (Progress progress = session.progress("reading the repositories")) {
            return repositories.open(Workshop.open(session, options, progress).repositories(), options);
        }
    }

    Target target(Session session) throws IOException {
        Distribution distribution = distribution();
        String folder = catalog.getValue();
        return new Target(
                registry.value(session, folder != null && !Files.isDirectory(Path.of(folder)) ? folder : null),
                distribution,
                catalogue(session, distribution),
                asNames(packageNames(session)),
                folder == null || !Files.isDirectory(Path.of(folder)) ? null : Path.of(folder));
    }

    private static Target.Names asNames(PackageNames names) {
        return new Target.Names() {
            @Override
            public Outcome outcome(String name, Distribution from, Distribution to) {
                return names.outcome(name, from, to);
            }

            @Override
            public boolean exists(String name, Distribution to) {
                return names.exists(name, to);
            }
        };
    }

    /// The built-in names, those that the target's repositories lack left out, and the user's own.
    private PackageNames packageNames(Session session) throws IOException {
        String file = names.getValue();
        PackageNames all = PackageNames.builtIn();
        if (hasRepositories()) {
            all = all.withTarget(source(session)::offers);
        }
        return file == null ? all : all.withCustom(CustomRows.read(Path.of(file)));
    }

    private Distribution distribution() throws IOException {
        String given = to.getValue();
        if (given == null) {
            String folder = catalog.getValue();
            return folder == null
                    ? Distribution.WOLFI
                    : CatalogueDistribution.of(Path.of(folder)).orElse(Distribution.WOLFI);
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

    private Catalogue catalogue(Session session, Distribution distribution) throws IOException {
        @Nullable String folder = catalog.getValue();
        if (folder == null) {
            return new BuiltInCatalogue(distribution);
        }
        Path path = Path.of(folder);
        if (Files.isDirectory(path)) {
            return FolderCatalogue.read(path, Optional.of(distribution));
        }
        if (session.offline() || folder.startsWith(".") || folder.startsWith("/")) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "no catalogue in " + folder + ": not a folder\ntry: a folder of image definitions");
        }
        RegistryClient client = new RegistryClient(session.registries());
        return new RegistryCatalogue(name -> tags(client, folder + "/" + name), Optional.of(distribution));
    }

    /// The tags of an image; none where the registry has no such image.
    private static List<String> tags(RegistryClient client, String name) {
        try {
            return client.tags(Reference.parse(name));
        } catch (RegistryException e) {
            if (e.code() == RegistryException.Code.NOT_FOUND) {
                return List.of();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
