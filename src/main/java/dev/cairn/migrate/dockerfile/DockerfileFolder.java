package dev.cairn.migrate.dockerfile;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds the Dockerfiles below a folder: `Dockerfile`, `Containerfile`, with something before or behind a dot.
/// Symbolic links are not followed; `.git`, `node_modules` and the like are left out, and so are files above 16 MiB.
public final class DockerfileFolder {
    private static final Set<String> SKIPPED =
            Set.of(".git", ".hg", ".svn", "node_modules", ".terraform", "__pycache__");
    private static final Set<String> NO_DOCKERFILES = Set.of(
            "dockerignore",
            "evidence",
            "md",
            "txt",
            "sh",
            "py",
            "js",
            "ts",
            "go",
            "rb",
            "java",
            "j2",
            "erb",
            "tmpl",
            "tpl",
            "template",
            "yaml",
            "yml",
            "json",
            "html",
            "orig",
            "rej",
            "bak",
            "swp",
            "tt",
            "ejs",
            "jinja",
            "jinja2",
            "in");
    private static final int LARGEST = 16 << 20;

    private DockerfileFolder() {}

    /// The files, in the order of their paths. A path that is a file is that file.
    public static List<Path> find(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                boolean skipped = !each.equals(folder) && SKIPPED.contains(String.valueOf(each.getFileName()));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() <= LARGEST && isDockerfile(each)) {
                    found.add(each);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    static boolean isDockerfile(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String last = name.substring(dot + 1);
        if (last.equals("dockerfile") || last.equals("containerfile")) {
            return true;
        }
        boolean starts = name.startsWith("dockerfile.") || name.startsWith("containerfile.");
        return starts && !NO_DOCKERFILES.contains(last);
    }
}
