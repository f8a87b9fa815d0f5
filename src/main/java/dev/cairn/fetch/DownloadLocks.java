package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Sees to it that one digest is downloaded by one thread of one process at a time; the others then find it in the
/// cache. Only to save work: nothing breaks where a file system has no locks.
final class DownloadLocks {
    private static final int STRIPES = 256;
    private static final long POLL_MILLIS = 25;

    private final Path folder;
    private final ReentrantLock[] inProcess = new ReentrantLock[STRIPES];

    DownloadLocks(Path folder) {
        this.folder = folder;
        for (int i = 0; i < STRIPES; i++) {
            inProcess[i] = new ReentrantLock();
        }
    }

    /// One lock, held until closed.
    static final class Held implements AutoCloseable {
        private final ReentrantLock inProcess;
        private final FileChannel file;

        private Held(ReentrantLock inProcess, FileChannel file) {
            this.inProcess = inProcess;
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            try {
                file.close();
            } finally {
                inProcess.unlock();
            }
        }
    }

    /// Waits for the lock. Digests whose first two digits are alike share one, so that the folder stays small.
    Held acquire(Digest digest) throws IOException {
        String name = digest.hex().substring(0, 2);
        ReentrantLock lock = inProcess[Integer.parseInt(name, 16)];
        lock.lock();
        try {
            Files.createDirectories(folder);
            FileChannel file = FileChannel.open(
                    folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(file);
                return new Held(lock, file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    private static void lock(FileChannel file) throws IOException {
        while (true) {
            try {
                FileLock lock = file.tryLock();
                if (lock != null) {
                    return;
                }
            } catch (OverlappingFileLockException e) {
                // Another Downloader of this process holds it: wait as for another process.
                Thread.onSpinWait();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                // No locks on this file system.
                return;
            }
            pause();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another download");
        }
    }
}
