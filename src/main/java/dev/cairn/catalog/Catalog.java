package dev.cairn.catalog;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.image.definition.Variant;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.FolderCatalogue;
import dev.cairn.packages.Ecosystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of image definitions as a catalogue: `redis.yaml` is `redis:latest`, `python/3.13.yaml` is `python:3.13`,
/// and
/// each has its `-dev`. This is [FolderCatalogue]'s meaning; here the definitions are read, so that images can be built
/// and the distribution need not be told.
///
/// `base` stands for a bare distribution: as an image it has a shell and a package manager always.
public final class Catalog {
    private static final String DEV = "-dev";
    private static final String SUFFIX = ".yaml";
    private static final String BARE = "base";

    private final Path folder;
    private final FolderCatalogue names;
    private final Set<Distribution> distributions;

    private Catalog(Path folder, FolderCatalogue names, Set<Distribution> distributions) {
        this.folder = folder;
        this.names = names;
        this.distributions = distributions;
    }

    /// The folder's catalogue. Every definition is read; one that is wrong is told with its place.
    public static Catalog read(Path folder) throws IOException {
        FolderCatalogue names = FolderCatalogue.read(folder, Optional.empty());
        Set<Distribution> distributions = new TreeSet<>();
        for (Path each : definitions(folder)) {
            Distribution found = distribution(DefinitionReader.read(each));
            if (found != null) {
                distributions.add(found);
            }
        }
        return new Catalog(folder, names, distributions);
    }

    private static List<Path> definitions(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder, 2)) {
            walk.filter(each -> String.valueOf(each.getFileName()).endsWith(SUFFIX) && Files.isRegularFile(each))
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }

    private static @Nullable Distribution distribution(Definition definition) {
        Ecosystem ecosystem = definition.ecosystem().orElse(null);
        if (ecosystem == null) {
            return null;
        }
        if (ecosystem == Ecosystem.DEB) {
            return Distribution.DEBIAN;
        }
        boolean alpine = definition.buildTimeRepositories().stream()
                .anyMatch(each -> each.text().contains("/alpine"));
        return alpine ? Distribution.ALPINE : Distribution.WOLFI;
    }

    /// The folder.
    public Path folder() {
        return folder;
    }

    /// What the images are built from; empty where they do not agree.
    public Optional<Distribution> distribution() {
        return distributions.size() == 1 ? Optional.of(distributions.iterator().next()) : Optional.empty();
    }

    /// Which images there are, for conversions.
    public FolderCatalogue names() {
        return names;
    }

    /// The definition of an image, in the variant that its tag asks for; empty where there is no such image.
    public Optional<Definition> find(String name, String tag) throws IOException {
        if (name.contains("..") || tag.contains("/")) {
            return Optional.empty();
        }
        boolean dev = tag.endsWith(DEV);
        String version = dev ? tag.substring(0, tag.length() - DEV.length()) : tag;
        Path own = folder.resolve(name + SUFFIX);
        Path tagged = folder.resolve(name).resolve(version + SUFFIX);
        Path file = Files.isRegularFile(tagged) ? tagged : version.equals("latest") ? own : null;
        if (file == null || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Definition definition = DefinitionReader.read(file);
        return Optional.of(dev || name.equals(BARE) ? definition.withVariant(Variant.DEV) : definition);
    }
}
