package dev.cairn.store;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.stream.Stream;

/// The files of blobs: `sha256/ab/abcd….<number>`. The number is the file's own, so that a file that is being deleted
/// can't be mistaken for one that comes under the same digest a moment later.
final class BlobFolder {
    private static final int BUFFER = 128 * 1024;
    private static final int NUMBER_LENGTH = 12;

    private final Path root;

    BlobFolder(Path root) throws IOException {
        this.root = root;
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            for (int i = 0; i < 256; i++) {
                String prefix = Integer.toHexString(0x100 | i).substring(1);
                Files.createDirectories(root.resolve(algorithm.id()).resolve(prefix));
            }
            sync(root.resolve(algorithm.id()));
        }
        sync(root);
    }

    /// A name, below the folder, that no file has had.
    String newName(Digest digest) {
        String number = UUID.randomUUID().toString().replace("-", "").substring(0, NUMBER_LENGTH);
        return digest.algorithm().id() + "/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "." + number;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /// Takes over a file whose bytes are on the disk; the new name is on the disk when this returns.
    void moveIn(Path file, String name) throws IOException {
        Path place = path(name);
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        sync(folder(place));
    }

    /// A second name for a file that somebody else may delete: its bytes stay while this name is there.
    void linkIn(Path file, String name) throws IOException {
        Path place = path(name);
        Files.createLink(place, file);
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
            channel.force(true);
        }
        sync(folder(place));
    }

    /// Deletes a file.
    ///
    /// @return the bytes that the disk has back: none where the file has another name
    long delete(String name) throws IOException {
        Path place = path(name);
        try {
            long size = Files.size(place);
            int names = place.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? (int) Files.getAttribute(place, "unix:nlink")
                    : 1;
            Files.delete(place);
            return names > 1 ? 0 : size;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /// Takes a file's name, with `/`.
    interface Names {
        void accept(String name) throws IOException;
    }

    /// Names every file.
    void forEach(Names names) throws IOException {
        try (Stream<Path> all = Files.walk(root, 3)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Path name = root.relativize(file);
                if (name.getNameCount() == 3) {
                    names.accept(name.toString().replace('\\', '/'));
                }
            }
        }
    }

    /// The digest of a range of a file.
    static Digest hash(Path file, long offset, long size, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.newHash();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(offset);
            InputStream in = Channels.newInputStream(channel);
            byte[] buffer = new byte[BUFFER];
            long left = size;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    break;
                }
                hash.update(buffer, 0, n);
                left -= n;
            }
        }
        return Digest.finish(algorithm, hash);
    }

    /// Writes a folder's names to the disk.
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; what can't be read there can't be forced either
            if (!System.getProperty("os.name", "").startsWith("Windows")) {
                throw e;
            }
        }
    }

    private static Path folder(Path place) {
        Path parent = place.getParent();
        if (parent == null) {
            throw new UncheckedIOException(new IOException(place + " is in no folder"));
        }
        return parent;
    }
}
