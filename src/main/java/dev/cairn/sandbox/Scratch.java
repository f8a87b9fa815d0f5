package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One sandbox's folder below the state folder. Its lock is held as long as this process lives, by the kernel: a
/// folder whose lock is free was left by a process that was killed, and is swept away.
final class Scratch implements AutoCloseable {
    private static final String LOCK = "lock";
    /// runc's state of the container, whose cgroups must go before the state does.
    static final String RUNC_STATE = "runc";

    private final Path dir;
    private final FileChannel lock;
    private final @Nullable Path runc;

    private Scratch(Path dir, FileChannel lock, @Nullable Path runc) {
        this.dir = dir;
        this.lock = lock;
        this.runc = runc;
    }

    static Scratch create(Path state, Host host) throws IOException {
        Files.createDirectories(state);
        Path dir = Files.createTempDirectory(
                state, "s", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel lock = FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            throw new IOException("the folder is in use: " + dir);
        }
        return new Scratch(dir, lock, host.find("runc"));
    }

    Path dir() {
        return dir;
    }

    Path file(String name) {
        return dir.resolve(name);
    }

    /// The sandbox's name.
    String id() {
        return "cairn-" + dir.getFileName();
    }

    /// Removes what killed processes left.
    static void sweep(Path state, Host host) throws IOException {
        if (!Files.isDirectory(state)) {
            return;
        }
        try (DirectoryStream<Path> dirs = Files.newDirectoryStream(state, "s*")) {
            for (Path dir : dirs) {
                sweepOne(dir, host);
            }
        }
    }

    private static void sweepOne(Path dir, Host host) throws IOException {
        Path file = dir.resolve(LOCK);
        // no lock yet: another process is about to make it, or was killed in that moment, which leaves an empty folder
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock free = channel.tryLock();
            if (free != null) {
                new Scratch(dir, channel, host.find("runc")).close();
            }
        } catch (OverlappingFileLockException _) {
            // ours, and in use
        } catch (NoSuchFileException _) {
            // another process swept it
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            deleteContainer();
            Files.walkFileTree(dir, new Remover());
        }
    }

    private void deleteContainer() throws IOException {
        if (runc == null || !Files.isDirectory(file(RUNC_STATE).resolve(id()))) {
            return;
        }
        Process process = new ProcessBuilder(
                        runc.toString(), "--root", file(RUNC_STATE).toString(), "delete", "--force", id())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Removes a tree, also folders that deny their own owner the way in (overlayfs makes such).
    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
            Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (!Files.isDirectory(file)) {
                throw e;
            }
            Files.walkFileTree(reopened(file), this);
            return FileVisitResult.CONTINUE;
        }

        private static Path reopened(Path dir) throws IOException {
            Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
            return dir;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
        }
    }
}
