package dev.cairn.store;

import dev.cairn.digest.Digest;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.StoredBlob;
import dev.cairn.registry.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// An upload in a file. Its digest is computed as the bytes come; after a restart, or for another algorithm than was
/// expected, the file is read once more.
final class FileUpload implements Upload {
    private static final int BUFFER = 128 * 1024;
    private static final long WAIT_SECONDS = 5;

    /// What happens at the end.
    interface Finish {
        StoredBlob keep(FileUpload upload, Digest digest) throws IOException;
    }

    private final String id;
    private final long repository;
    private final Digest.Algorithm algorithm;
    private final Path file;
    private final FileUploads owner;
    private final Finish finish;
    private final ReentrantLock lock = new ReentrantLock();
    private final MessageDigest hash;
    private long hashed;
    /// Written by who has entered, read by anybody.
    private volatile long size;
    private volatile boolean over;

    FileUpload(String id, UploadSession session, Path file, FileUploads owner, Finish finish) throws IOException {
        this.id = id;
        this.repository = session.repository();
        this.algorithm = session.algorithm();
        this.file = file;
        this.owner = owner;
        this.finish = finish;
        this.hash = algorithm.newHash();
        this.size = Files.size(file);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long size() {
        return size;
    }

    long repository() {
        return repository;
    }

    Path file() {
        return file;
    }

    @Override
    public boolean tryEnter() {
        try {
            if (!lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (over) {
            lock.unlock();
            throw new DistributionException(
                    DistributionException.Code.BLOB_UPLOAD_UNKNOWN, "there is no such upload any more");
        }
        return true;
    }

    /// Takes the session if nobody works on it.
    boolean tryEnterNow() {
        return lock.tryLock();
    }

    @Override
    public void leave() {
        lock.unlock();
    }

    @Override
    public void append(InputStream in, long limit) throws IOException {
        owner.requireRoom();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(size);
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (size + n > limit) {
                    throw new DistributionException(
                            DistributionException.Code.TOO_LARGE, "the blob has more than " + limit + " bytes");
                }
                write(channel, buffer, n);
            }
        }
    }

    private void write(FileChannel channel, byte[] buffer, int n) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw StorageFull.orRefuse(e);
        }
        if (hashed == size) {
            hash.update(buffer, 0, n);
            hashed += n;
        }
        long grown = size + n;
        size = grown;
    }

    @Override
    public void truncate(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        size = length;
        if (hashed > length) {
            hash.reset();
            hashed = 0;
        }
    }

    @Override
    public Optional<StoredBlob> complete(Digest expected) throws IOException {
        Digest found = digest(expected.algorithm());
        if (!found.equals(expected)) {
            cancel();
            return Optional.empty();
        }
        try {
            StoredBlob blob = finish.keep(this, expected);
            cancel();
            return Optional.of(blob);
        } catch (IOException | RuntimeException e) {
            // a full disk: the session goes on where its bytes are still here
            if (!Files.exists(file)) {
                cancel();
            }
            throw e;
        }
    }

    private Digest digest(Digest.Algorithm wanted) throws IOException {
        if (hashed != size || wanted != algorithm) {
            return BlobFolder.hash(file, 0, size, wanted);
        }
        // finishing resets the hash
        hashed = 0;
        return Digest.finish(algorithm, hash);
    }

    /// Writes the bytes to the disk.
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw StorageFull.orRefuse(e);
        }
    }

    @Override
    public void cancel() throws IOException {
        over = true;
        owner.forget(id);
    }
}
