package dev.cairn.cli;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionException;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.mapping.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the images of a folder of definitions are built from: the repositories of the first definition that names some
/// say it. At most [#MOST] definitions are looked at.
final class CatalogueDistribution {
    private static final int MOST = 50;
    private static final int DEPTH = 2;

    private CatalogueDistribution() {}

    static Optional<Distribution> of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        List<Path> definitions;
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            definitions = files.filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
                    .sorted(Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()))
                    .limit(MOST)
                    .toList();
        }
        for (Path file : definitions) {
            Optional<Distribution> named = named(file);
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    private static Optional<Distribution> named(Path file) throws IOException {
        Definition definition;
        try {
            definition = DefinitionReader.read(file);
        } catch (DefinitionException e) {
            // not a definition, or one that is worked on: others say it as well
            return Optional.empty();
        }
        return Stream.concat(
                        definition.contents().repositories().stream(),
                        definition.contents().buildRepositories().stream())
                .flatMap(line -> distribution(line.text()).stream())
                .findFirst();
    }

    static Optional<Distribution> distribution(String repository) {
        String line = repository.toLowerCase(Locale.ROOT);
        if (line.startsWith("deb ") || line.startsWith("deb\t") || line.startsWith("deb[")) {
            return Optional.of(line.contains("ubuntu") ? Distribution.UBUNTU : Distribution.DEBIAN);
        }
        if (line.contains("wolfi") || line.contains("chainguard")) {
            return Optional.of(Distribution.WOLFI);
        }
        return line.contains("alpine") ? Optional.of(Distribution.ALPINE) : Optional.empty();
    }
}
