package dev.cairn.digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Hashes (sha256) and counts what is read from another stream. Skipped bytes are read, so they count too.
public final class HashingInputStream extends FilterInputStream {
    private final MessageDigest hash = Digest.Algorithm.SHA256.newHash();
    private long count;

    /// A stream behind which `in` is read; closing it closes `in`.
    public HashingInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            hash.update((byte) b);
            count++;
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = in.read(bytes, offset, length);
        if (n > 0) {
            hash.update(bytes, offset, n);
            count += n;
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] buffer = new byte[(int) Math.min(Math.max(n, 1), 8192)];
        long skipped = 0;
        while (skipped < n) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, n - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /// How many bytes have been read.
    public long count() {
        return count;
    }

    /// The digest of all bytes read so far. Call it once, after the last read.
    public Digest digest() {
        return Digest.finish(Digest.Algorithm.SHA256, hash);
    }
}
