package dev.cairn.migrate.split;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The project that a Dockerfile builds: what lies in its build context, as far as the split asks.
public interface ProjectFiles {
    /// The text of a file, by its path within the project; empty where there is none, or none of a sensible size.
    Optional<String> text(String path);

    /// The paths of all files, sorted, hidden folders and installed dependencies left out. Empty where the project is
    /// not known.
    List<String> all();

    /// No project: only the Dockerfile is known.
    static ProjectFiles unknown() {
        return new ProjectFiles() {
            @Override
            public Optional<String> text(String path) {
                return Optional.empty();
            }

            @Override
            public List<String> all() {
                return List.of();
            }
        };
    }

    /// A folder. Links are not followed; files of more than 1 MiB are not read.
    static ProjectFiles in(Path folder) {
        return new Folder(folder.toAbsolutePath().normalize());
    }

    /// A project in a folder.
    ///
    /// @param root the folder
    record Folder(Path root) implements ProjectFiles {
        private static final long LARGEST = 1 << 20;
        private static final int MOST = 10_000;
        private static final int DEEPEST = 12;
        private static final Set<String> INSTALLED = Set.of("node_modules", "vendor", "target", "__pycache__", "venv");

        @Override
        public Optional<String> text(String path) {
            Path file = root.resolve(path).normalize();
            try {
                if (!file.startsWith(root)
                        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        || Files.size(file) > LARGEST) {
                    return Optional.empty();
                }
                return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public List<String> all() {
            List<String> found = new ArrayList<>();
            try {
                Files.walkFileTree(root, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        boolean skipped = !folder.equals(root) && isSkipped(String.valueOf(folder.getFileName()));
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        found.add(root.relativize(file).toString());
                        return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                    }
                });
            } catch (IOException e) {
                return List.of();
            }
            found.sort(null);
            return found;
        }

        private static boolean isSkipped(String folder) {
            return folder.startsWith(".") || INSTALLED.contains(folder);
        }
    }
}
