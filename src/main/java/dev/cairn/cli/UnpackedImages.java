package dev.cairn.cli;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.oci.Image;
import dev.cairn.oci.layout.DeleteTree;
import dev.cairn.oci.layout.Rootfs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Root file systems of images that were run before, by the digest of the manifest. A root appears under its name only
/// when it is whole, and is never written to afterwards: sandboxes see it through an overlay. A lock beside it says
/// that
/// somebody uses it, so that `cairn cache clean` leaves it.
final class UnpackedImages {
    private final Path folder;

    /// The part of the cache.
    static final String PART = "roots";

    private static final String LOCK = ".lock";

    private UnpackedImages(Path folder) {
        this.folder = folder;
    }

    static UnpackedImages in(CacheDirectory cache) {
        return new UnpackedImages(cache.root().resolve(PART));
    }

    /// A root that is in use until it is closed, or this process ends.
    record Root(Path folder, FileChannel lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    /// The image's root, unpacked when it is not there yet.
    Root root(Image image) throws IOException {
        Digest digest = image.digest();
        Path root = folder.resolve(digest.algorithm() + "-" + digest.hex());
        Files.createDirectories(folder);
        FileChannel lock = FileChannel.open(
                lockOf(root), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock.lock(0, Long.MAX_VALUE, true);
            return new Root(unpacked(image, root), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Path lockOf(Path root) {
        return root.resolveSibling(root.getFileName() + LOCK);
    }

    /// Whether a run uses what is at this place of the folder, which is a root.
    static boolean inUse(Path root) throws IOException {
        Path lock = lockOf(root);
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private Path unpacked(Image image, Path root) throws IOException {
        if (Files.isDirectory(root)) {
            return root;
        }
        Path unpacking = Files.createTempDirectory(folder, "unpacking-");
        try {
            Path made = unpacking.resolve("root");
            Rootfs.unpack(image, made);
            publish(made, root);
        } finally {
            DeleteTree.ifExists(unpacking);
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
}
