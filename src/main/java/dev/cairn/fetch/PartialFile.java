package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// A download on its way: the bytes so far and the hash function that has seen them. It outlives the process, so that
/// a later one can go on where this one stopped.
final class PartialFile implements AutoCloseable {
    private final Path path;
    private final Digest.Algorithm algorithm;
    private final FileChannel channel;
    private MessageDigest hash;
    private long length;

    private PartialFile(Path path, Digest.Algorithm algorithm, FileChannel channel) {
        this.path = path;
        this.algorithm = algorithm;
        this.channel = channel;
        this.hash = algorithm.newHash();
    }

    /// Opens the file, makes it if need be, and hashes what is there.
    static PartialFile open(Path path, Digest.Algorithm algorithm) throws IOException {
        Files.createDirectories(NewFile.folder(path));
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        PartialFile file = new PartialFile(path, algorithm, channel);
        try {
            file.hashPresent();
            return file;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void hashPresent() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(128 * 1024);
        for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer)) {
            hash.update(buffer.flip());
            length += n;
            buffer.clear();
        }
    }

    Path path() {
        return path;
    }

    long length() {
        return length;
    }

    void append(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        long at = length;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
        hash.update(bytes, 0, count);
        length = at;
    }

    /// Throws away what is there.
    void restart() throws IOException {
        channel.truncate(0);
        length = 0;
        hash = algorithm.newHash();
    }

    /// The digest of what is there. Nothing can be appended after.
    Digest digest() {
        return Digest.finish(algorithm, hash);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
