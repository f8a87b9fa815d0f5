package dev.cairn.oci;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A small blob: a document that was just made.
final class MemoryBlob implements Blob {
    private final Descriptor descriptor;
    private final byte[] bytes;

    MemoryBlob(Descriptor descriptor, byte[] bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void transferTo(WritableByteChannel target) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            target.write(buffer);
        }
    }

    @Override
    public String toString() {
        return descriptor.digest() + " in memory";
    }
}
