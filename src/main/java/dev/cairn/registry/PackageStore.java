package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Finds layers whose bytes this machine has already, in packages that it once downloaded or in layers made from them.
/// Asked only about blobs that a client has just uploaded whole: it spares the second copy, and tells nobody anything.
public interface PackageStore {
    /// None at all.
    PackageStore NONE = (digest, size) -> Optional.empty();

    /// A range of a file.
    ///
    /// @param file the file, which may be deleted at any time
    /// @param offset where the layer begins
    record Place(Path file, long offset) {}

    /// Where the layer's bytes lie, if they do.
    Optional<Place> find(Digest digest, long size) throws IOException;
}
