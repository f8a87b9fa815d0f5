package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How much room one part of the cache takes.
///
/// @param name the part, as `cairn cache clean` takes it
/// @param folder where it is
/// @param files how many files it has
/// @param bytes their size together
record CacheUse(String name, Path folder, long files, long bytes) {
    /// The launcher's part: the JVM's AOT caches.
    private static final String AOT = "aot";

    /// The names of all parts, in the order in which they are listed.
    static List<String> parts() {
        List<String> parts = new ArrayList<>();
        for (CacheDirectory.Kind kind : CacheDirectory.Kind.values()) {
            parts.add(kind.folder());
        }
        parts.add(UnpackedImages.PART);
        parts.add(AOT);
        return List.copyOf(parts);
    }

    static CacheUse measure(CacheDirectory cache, String part) throws IOException {
        Path folder = cache.root().resolve(part);
        Count count = new Count(false);
        walk(folder, count);
        return new CacheUse(part, folder, count.files, count.bytes);
    }

    /// Deletes the part, but for unpacked images that a run uses. What another process deletes or adds meanwhile is no
    /// error.
    static CacheUse clean(CacheDirectory cache, String part) throws IOException {
        Path folder = cache.root().resolve(part);
        Count count = new Count(true);
        if (part.equals(UnpackedImages.PART)) {
            cleanRoots(folder, count);
        } else {
            walk(folder, count);
        }
        return new CacheUse(part, folder, count.files, count.bytes);
    }

    private static void cleanRoots(Path folder, Count count) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> roots = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path root : roots) {
                if (!UnpackedImages.inUse(root)) {
                    walk(root, count);
                }
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            if (left.noneMatch(Files::isDirectory)) {
                walk(folder, count);
            }
        }
    }

    private static void walk(Path folder, Count count) throws IOException {
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, count);
        }
    }

    private static final class Count extends SimpleFileVisitor<Path> {
        private final boolean delete;
        private long files;
        private long bytes;

        Count(boolean delete) {
            this.delete = delete;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (delete && !Files.isWritable(folder)) {
                // an image's folder may be read-only to its owner, too
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!delete || Files.deleteIfExists(file)) {
                files++;
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            if (delete) {
                try {
                    Files.deleteIfExists(folder);
                } catch (DirectoryNotEmptyException inUse) {
                    // another process has just put something there
                    return FileVisitResult.CONTINUE;
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
