package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// What an address holds that may hold something else tomorrow: an index, a signed release file.
///
/// `path` is the entry of the [ContentStore] with its bytes.
public record Document(URI uri, Digest digest, long size, Path path, Origin origin) {
    /// Where the bytes came from this time.
    public enum Origin {
        /// The server, or the local file.
        FETCHED,
        /// The cache, after the server said that nothing has changed.
        NOT_MODIFIED,
        /// The cache, unasked: downloads are off.
        KEPT
    }

    /// All of it, in memory.
    public byte[] bytes() throws IOException {
        return Files.readAllBytes(path);
    }
}
