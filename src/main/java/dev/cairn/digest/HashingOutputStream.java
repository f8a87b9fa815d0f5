package dev.cairn.digest;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/// Hashes (sha256) and counts what passes through to another stream.
public final class HashingOutputStream extends FilterOutputStream {
    private final MessageDigest hash = Digest.Algorithm.SHA256.newHash();
    private long count;

    /// A stream in front of `out`; closing it closes `out`.
    public HashingOutputStream(OutputStream out) {
        super(out);
    }

    /// A stream that only hashes and counts.
    public static HashingOutputStream discarding() {
        return new HashingOutputStream(OutputStream.nullOutputStream());
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        hash.update((byte) b);
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        hash.update(bytes, offset, length);
        count += length;
    }

    /// How many bytes have passed.
    public long count() {
        return count;
    }

    /// The digest of all bytes so far. Call it once, after the last write.
    public Digest digest() {
        return Digest.finish(Digest.Algorithm.SHA256, hash);
    }
}
