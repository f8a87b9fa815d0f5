package dev.cairn.oci.layout;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.layout.LayoutException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;

/// A layout's folder as a target. `index.json` is the commit point: everything that it reaches is there before it is.
final class LayoutFolder {
    /// The modification time of every blob that was written to its end. A blob that has it, and the right size, has
    /// not been touched since: it stays, and re-publishing a layout copies only what changed.
    private static final FileTime COMPLETE = FileTime.fromMillis(1_000_000_000_000L);

    private final Path target;

    LayoutFolder(Path target) {
        this.target = target.toAbsolutePath().normalize();
    }

    void write(LayoutContents contents) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(target)) {
            update(contents);
            return;
        }
        Path beside = TemporaryName.beside(target);
        try {
            Files.createDirectories(beside);
            Files.write(beside.resolve(LayoutNames.LAYOUT_FILE), LayoutNames.layoutFile());
            writeBlobs(beside, contents);
            Files.write(beside.resolve(LayoutNames.INDEX_FILE), contents.indexJson());
            moveIntoPlace(beside, contents);
        } finally {
            DeleteTree.ifExists(beside);
        }
    }

    private void moveIntoPlace(Path beside, LayoutContents contents) throws IOException {
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!isLayout(target)) {
                throw e;
            }
            // Another process was first.
            update(contents);
        }
    }

    private void update(LayoutContents contents) throws IOException {
        if (!isLayout(target)) {
            throw new LayoutException(
                    Code.OCCUPIED,
                    target + " exists and is no OCI layout: it is not overwritten\ntry: another output, or remove it");
        }
        Path marker = target.resolve(LayoutNames.LAYOUT_FILE);
        // The lock keeps two writers from removing each other's blobs; closing the channel releases it.
        try (FileChannel channel = FileChannel.open(marker, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.lock();
            Set<Path> kept = writeBlobs(target, contents);
            Path index = target.resolve(LayoutNames.INDEX_FILE);
            Path beside = TemporaryName.beside(index);
            Files.write(beside, contents.indexJson(), StandardOpenOption.CREATE_NEW);
            Files.move(beside, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            removeOthers(kept);
        }
    }

    private static Set<Path> writeBlobs(Path root, LayoutContents contents) throws IOException {
        Set<Path> written = new HashSet<>();
        Set<Digest.Algorithm> algorithms = new HashSet<>();
        for (Blob blob : contents.blobs()) {
            Path file = root.resolve(LayoutNames.blobPath(blob.digest()));
            if (algorithms.add(blob.digest().algorithm())) {
                Files.createDirectories(root.resolve(LayoutNames.BLOBS)
                        .resolve(blob.digest().algorithm().id()));
            }
            if (written.add(file) && !isComplete(file, blob.size())) {
                writeBlob(blob, file);
            }
        }
        return written;
    }

    private static boolean isComplete(Path file, long size) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return found.isRegularFile()
                && found.size() == size
                && found.lastModifiedTime().equals(COMPLETE);
    }

    private static void writeBlob(Blob blob, Path file) throws IOException {
        Path beside = TemporaryName.beside(file);
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                blob.transferTo(channel);
                if (channel.size() != blob.size()) {
                    throw new IOException(
                            blob.digest() + ": " + channel.size() + " bytes came, expected " + blob.size());
                }
            }
            Files.setLastModifiedTime(beside, COMPLETE);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Removes blobs that are not in `kept`, those that a stopped run left half-written among them.
    private void removeOthers(Set<Path> kept) throws IOException {
        try (DirectoryStream<Path> algorithms = Files.newDirectoryStream(target.resolve(LayoutNames.BLOBS))) {
            for (Path algorithm : algorithms) {
                if (Files.isDirectory(algorithm, LinkOption.NOFOLLOW_LINKS)) {
                    removeOthers(algorithm, kept);
                }
            }
        }
    }

    private static void removeOthers(Path algorithm, Set<Path> kept) throws IOException {
        try (DirectoryStream<Path> blobs = Files.newDirectoryStream(algorithm)) {
            for (Path blob : blobs) {
                if (!kept.contains(blob) && Files.isRegularFile(blob, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(blob);
                }
            }
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            return !children.iterator().hasNext();
        }
    }

    private static boolean isLayout(Path path) {
        return Files.isRegularFile(path.resolve(LayoutNames.LAYOUT_FILE), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(path.resolve(LayoutNames.INDEX_FILE), LinkOption.NOFOLLOW_LINKS);
    }
}
