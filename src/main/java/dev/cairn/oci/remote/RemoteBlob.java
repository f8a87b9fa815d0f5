package dev.cairn.oci.remote;

import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/// A blob in a registry.
final class RemoteBlob implements Blob {
    private final Repository repository;
    private final Descriptor descriptor;
    private final RegistryOptions options;

    RemoteBlob(Repository repository, Descriptor descriptor, RegistryOptions options) {
        this.repository = repository;
        this.descriptor = descriptor;
        this.options = options;
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public InputStream open() throws IOException {
        return new Resuming(repository.blob(descriptor.digest(), 0));
    }

    /// Takes a broken connection up where it broke.
    private final class Resuming extends InputStream {
        private InputStream in;
        private long done;
        private int failures;

        Resuming(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (true) {
                try {
                    int n = in.read(bytes, offset, length);
                    done += Math.max(n, 0);
                    if (n > 0) {
                        options.listener().progress(descriptor, done);
                    }
                    return n;
                } catch (IOException e) {
                    failures++;
                    if (failures >= options.attempts()) {
                        throw e;
                    }
                    options.listener()
                            .retrying("blob " + descriptor.digest(), failures, String.valueOf(e.getMessage()));
                    in.close();
                    in = repository.blob(descriptor.digest(), done);
                }
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Override
    public String toString() {
        return descriptor.digest() + " in a registry";
    }
}
