package dev.cairn.migrate.minimise;

import dev.cairn.migrate.split.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A project, and the compose files in the folders above it: their health checks run in its containers. They are looked
/// for up to the repository's top, and in three folders at most.
///
/// @param own the project
/// @param folder its folder
record Surroundings(ProjectFiles own, Path folder) implements ProjectFiles {
    /// What the path of a file above begins with.
    static final String ABOVE = "../";

    private static final int HIGHEST = 3;
    private static final long LARGEST = 1 << 20;

    @Override
    public Optional<String> text(String path) {
        return path.startsWith(ABOVE) ? read(folder.resolve(path)) : own.text(path);
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> all() {
        List<String> found = new ArrayList<>(own.all());
        Path above = folder.toAbsolutePath().normalize();
        String up = "";
        for (int i = 0; i < HIGHEST && !Files.exists(above.resolve(".git")); i++) {
            @Nullable Path parent = above.getParent();
            if (parent == null) {
                break;
            }
            above = parent;
            up += ABOVE;
            for (String name : compose(above)) {
                found.add(up + name);
            }
        }
        return found;
    }

    private static List<String> compose(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> String.valueOf(each.getFileName()))
                    .filter(each -> each.contains("compose") && (each.endsWith(".yml") || each.endsWith(".yaml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
