package dev.cairn.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// A file being written beside its place, which takes the place in one step: a reader sees the old file, the new one
/// or none, never a part. Not moved when closed: deleted.
final class NewFile implements AutoCloseable {
    private static final String PREFIX = ".new-";

    private final Path path;
    private boolean moved;

    private NewFile(Path path) {
        this.path = path;
    }

    /// A new file in `folder`, which is made if need be. Its name is this thread's and moment's own: two processes may
    /// write the same entry.
    static NewFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        String writer =
                ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
        return new NewFile(folder.resolve(PREFIX + writer + "-" + System.nanoTime()));
    }

    /// Whether a file of this name is one that was being written.
    static boolean isNew(Path file) {
        return file.getFileName().toString().startsWith(PREFIX);
    }

    Path path() {
        return path;
    }

    OutputStream open() throws IOException {
        return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Puts the file in its place, over what may be there.
    void moveTo(Path place) throws IOException {
        try {
            Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            Files.createDirectories(folder(place));
            Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
        }
        moved = true;
    }

    @Override
    public void close() throws IOException {
        if (!moved) {
            Files.deleteIfExists(path);
        }
    }

    /// The folder that an entry is in.
    static Path folder(Path place) {
        return Objects.requireNonNull(place.getParent(), "an entry is in a folder");
    }

    /// Writes a small file whole.
    static void write(Path place, byte[] bytes) throws IOException {
        try (NewFile file = in(folder(place))) {
            Files.write(file.path, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            file.moveTo(place);
        }
    }
}
