package dev.cairn.oci;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A blob that is a range of a file: an entry of the cache, a package's data segment, a file in a layout.
record FileBlob(Descriptor descriptor, Path file, long offset, long length) implements Blob {

    FileBlob {
        if (offset < 0 || length != descriptor.size()) {
            throw new OciException(
                    OciException.Code.DIGEST_MISMATCH,
                    file + ": a range of " + length + " bytes at " + offset + " for " + descriptor.digest()
                            + ", whose size is " + descriptor.size());
        }
    }

    @Override
    public InputStream open() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(offset);
            return new Limited(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void transferTo(WritableByteChannel target) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long done = 0;
            while (done < length) {
                long n = channel.transferTo(offset + done, length - done, target);
                if (n == 0 && offset + done >= channel.size()) {
                    throw new EOFException(file + ": ends at " + channel.size() + ", expected " + (offset + length));
                }
                done += n;
            }
        }
    }

    /// The first `left` bytes of a stream.
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int start, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = in.read(bytes, start, (int) Math.min(count, left));
            left -= Math.max(n, 0);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
