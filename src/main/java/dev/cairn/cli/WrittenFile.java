package dev.cairn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// Puts new bytes in a file's place: they are written beside it and moved, so that it is the old or the new file at
/// any time. Permissions stay; a symbolic link stays one, and its file is replaced.
final class WrittenFile {
    private WrittenFile() {}

    /// A file that may not be there yet.
    static void put(Path path, byte[] bytes) throws IOException {
        if (Files.exists(path)) {
            replace(path, bytes);
            return;
        }
        Path beside = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            Files.write(beside, bytes);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    static void replace(Path path, byte[] bytes) throws IOException {
        Path file = path.toRealPath();
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException(path + " has no folder");
        }
        Path beside = Files.createTempFile(folder, ".cairn-", ".tmp");
        try {
            Files.write(beside, bytes);
            PosixFileAttributeView view =
                    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null) {
                Set<PosixFilePermission> permissions = view.readAttributes().permissions();
                Files.setPosixFilePermissions(beside, permissions);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
