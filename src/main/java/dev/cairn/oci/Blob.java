package dev.cairn.oci;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/// Content that a descriptor names, wherever it is: in memory, in a range of a file, in a registry.
///
/// What [#open] gives need not have been checked; [#openChecked] gives a stream that fails at its end when the bytes
/// are not those of the descriptor.
public interface Blob {
    /// What the content is.
    Descriptor descriptor();

    /// The content from its first byte; the caller closes it.
    InputStream open() throws IOException;

    /// Writes the whole content to `target`. A blob in a file lets the kernel copy it.
    default void transferTo(WritableByteChannel target) throws IOException {
        try (InputStream in = open()) {
            in.transferTo(Channels.newOutputStream(target));
        }
    }

    /// The content, held against the descriptor: reading past the last byte throws an [OciException] where digest or
    /// size differ.
    default InputStream openChecked() throws IOException {
        return new CheckedInputStream(open(), descriptor());
    }

    /// The whole content, checked.
    ///
    /// @param limit the largest size in bytes that is read
    default byte[] readAll(int limit) throws IOException {
        long size = descriptor().size();
        if (size > limit) {
            throw new OciException(
                    OciException.Code.TOO_LARGE,
                    digest() + ": " + size + " bytes of " + descriptor().mediaType() + ", at most " + limit
                            + " are read");
        }
        try (InputStream in = openChecked()) {
            return in.readAllBytes();
        }
    }

    /// The content's digest.
    default Digest digest() {
        return descriptor().digest();
    }

    /// The content's length in bytes.
    default long size() {
        return descriptor().size();
    }

    /// These bytes, which the caller no longer changes.
    static Blob of(byte[] bytes, String mediaType) {
        return new MemoryBlob(Descriptor.of(mediaType, bytes), bytes);
    }

    /// These bytes under a descriptor that is known already; the caller no longer changes them.
    static Blob of(byte[] bytes, Descriptor descriptor) {
        return new MemoryBlob(descriptor, bytes);
    }

    /// The `length` bytes of a file that start at `offset`.
    static Blob range(Path file, long offset, long length, Descriptor descriptor) {
        return new FileBlob(descriptor, file, offset, length);
    }

    /// A whole file, as long as the descriptor says.
    static Blob file(Path file, Descriptor descriptor) {
        return new FileBlob(descriptor, file, 0, descriptor.size());
    }
}
