package dev.cairn.oci;

import dev.cairn.digest.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Holds what is read from another stream against a descriptor. The first byte too many, and the end of the stream
/// where size or digest differ, throw an [OciException] with code `DIGEST_MISMATCH`; a reader must therefore read to
/// the end before it trusts what it got.
public final class CheckedInputStream extends FilterInputStream {
    private final Descriptor expected;
    private final MessageDigest hash;
    private long count;
    private boolean checked;

    /// A stream behind which `in` is read; closing it closes `in`.
    public CheckedInputStream(InputStream in, Descriptor expected) {
        super(in);
        this.expected = expected;
        this.hash = expected.digest().algorithm().newHash();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = in.read(bytes, offset, length);
        if (n > 0) {
            count += n;
            if (count > expected.size()) {
                throw mismatch("more than the " + expected.size() + " bytes expected");
            }
            hash.update(bytes, offset, n);
        } else if (n < 0 && !checked) {
            check();
        }
        return n;
    }

    private void check() {
        if (count != expected.size()) {
            throw mismatch(count + " bytes, expected " + expected.size());
        }
        Digest found = Digest.finish(expected.digest().algorithm(), hash);
        if (!found.equals(expected.digest())) {
            throw mismatch("the content is " + found);
        }
        checked = true;
    }

    private OciException mismatch(String problem) {
        return new OciException(
                OciException.Code.DIGEST_MISMATCH, expected.digest() + " (" + expected.mediaType() + "): " + problem);
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] buffer = new byte[Math.clamp(n, 1, 8192)];
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
}
