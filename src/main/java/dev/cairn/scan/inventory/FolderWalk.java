package dev.cairn.scan.inventory;

import dev.cairn.archive.TarEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// The files of a folder that holds a root file system, as entries of a tar. Links are shown as links and never
/// followed; what cannot be opened is an error.
final class FolderWalk {
    private final Path root;

    FolderWalk(Path root) {
        this.root = root;
    }

    interface Visitor {
        void visit(TarEntry entry, InputStream content, int layer) throws IOException;
    }

    void visit(Visitor visitor) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = root.relativize(file).toString();
                if (attributes.isSymbolicLink()) {
                    String target = Files.readSymbolicLink(file).toString();
                    visitor.visit(TarEntry.symlink(path, target), new ByteArrayInputStream(new byte[0]), -1);
                } else if (attributes.isRegularFile()) {
                    int mode = (int) Files.getAttribute(file, "unix:mode") & 07777;
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                        visitor.visit(TarEntry.file(path, mode, attributes.size()), in, -1);
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
