package dev.cairn.cli;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Image;
import dev.cairn.oci.layout.Rootfs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Root file systems of images that were run before, by the digest of the manifest. A root appears under its name only
/// when it is whole, and is never written to afterwards: sandboxes see it through an overlay.
final class UnpackedImages {
    private final Path folder;

    UnpackedImages(Path folder) {
        this.folder = folder;
    }

    /// The image's root, unpacked when it is not there yet.
    Path root(Image image) throws IOException {
        Digest digest = image.digest();
        Path root = folder.resolve(digest.algorithm() + "-" + digest.hex());
        if (Files.isDirectory(root)) {
            return root;
        }
        Files.createDirectories(folder);
        Path unpacking = Files.createTempDirectory(folder, "unpacking-");
        try {
            Path made = unpacking.resolve("root");
            Rootfs.unpack(image, made);
            publish(made, root);
        } finally {
            remove(unpacking);
        }
        return root;
    }

    private static void publish(Path made, Path root) throws IOException {
        try {
            Files.move(made, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // another process was faster: its root is as good
            if (!Files.isDirectory(root)) {
                throw e;
            }
        }
    }

    private static void remove(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
