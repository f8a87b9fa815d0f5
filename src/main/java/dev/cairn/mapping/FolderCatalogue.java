package dev.cairn.mapping;

import dev.cairn.mapping.UpstreamImage.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A catalogue that is a folder of image definitions: `redis.yaml` is `redis:latest`, `python/3.10.yaml` is
/// `python:3.10`. Every definition has a dev variant, so that every tag has its `-dev`.
///
/// The names are enough: no definition is read. At most [#MOST] files are looked at, one folder deep; other files and
/// names that begin with `.` or `_` are not definitions.
public final class FolderCatalogue implements Catalogue {
    static final int MOST = 20_000;
    private static final String SUFFIX = ".yaml";

    private final Map<String, List<String>> tags;
    private final Optional<Distribution> distribution;

    private FolderCatalogue(Map<String, List<String>> tags, Optional<Distribution> distribution) {
        this.tags = tags;
        this.distribution = distribution;
    }

    /// The folder's catalogue.
    ///
    /// @param distribution what its images are built from, where the caller knows
    public static FolderCatalogue read(Path folder, Optional<Distribution> distribution) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new MappingException(
                    MappingException.Code.CATALOGUE,
                    "no catalogue in " + folder
                            + ": not a folder\ntry: a folder with definitions such as redis.yaml and python/3.10.yaml");
        }
        Map<String, TreeSet<String>> found = new TreeMap<>();
        int count = 0;
        for (Path each : entries(folder)) {
            String stem = stem(each);
            if (stem != null) {
                found.computeIfAbsent(stem, name -> new TreeSet<>()).add("latest");
            } else if (Files.isDirectory(each)) {
                for (Path inner : entries(each)) {
                    String tag = stem(inner);
                    if (tag != null) {
                        found.computeIfAbsent(text(each), name -> new TreeSet<>())
                                .add(tag);
                    }
                }
            }
            count += found.size() > MOST ? 1 : 0;
        }
        if (count > 0) {
            throw new MappingException(
                    MappingException.Code.CATALOGUE, folder + " has more than " + MOST + " definitions");
        }
        Map<String, List<String>> tags = new TreeMap<>();
        found.forEach((name, set) -> tags.put(name, List.copyOf(set)));
        return new FolderCatalogue(tags, distribution);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(
                            each -> !text(each).startsWith(".") && !text(each).startsWith("_"))
                    .limit(MOST)
                    .sorted()
                    .toList();
        }
    }

    private static @Nullable String stem(Path file) {
        String name = text(file);
        return name.endsWith(SUFFIX) && Files.isRegularFile(file)
                ? name.substring(0, name.length() - SUFFIX.length())
                : null;
    }

    private static String text(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    @Override
    public Choice choose(Known image, boolean dev) {
        return ListedTags.choose(image, dev, tags.getOrDefault(image.name(), List.of()), true);
    }

    @Override
    public boolean has(String name) {
        return tags.containsKey(name);
    }

    @Override
    public Optional<Distribution> distribution() {
        return distribution;
    }
}
