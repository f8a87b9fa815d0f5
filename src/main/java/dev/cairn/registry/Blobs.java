package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/// Blobs and the uploads that become some, as storage keeps them.
///
/// A blob is kept once for all repositories; a repository has it through a link that an upload or a mount made. What a
/// method has returned from is durable.
public interface Blobs {
    /// The blob, if this repository has it.
    Optional<StoredBlob> find(Repository repository, Digest digest);

    /// Like [#find], for a client that asks so as to leave out an upload: its grace before collection starts anew.
    Optional<StoredBlob> touch(Repository repository, Digest digest);

    /// The whole content of a small blob, which nobody changes.
    byte[] content(StoredBlob blob) throws IOException;

    /// Links the blob into this repository if one of `sources` has it.
    ///
    /// @return whether the repository has it now
    boolean mount(Repository target, Digest digest, Collection<Repository> sources);

    /// The repositories that have the blob: candidates for a mount without `from`.
    Collection<Repository> holders(Digest digest, int limit);

    /// Takes the blob from this repository. Others keep it.
    ///
    /// @return whether it was there
    boolean unlink(Repository repository, Digest digest);

    /// Begins an upload.
    ///
    /// @param algorithm the algorithm that the digest is likely to have; another one costs a second reading
    Upload begin(Repository repository, Digest.Algorithm algorithm) throws IOException;

    /// The upload of this number in this repository, also after a restart.
    Optional<Upload> upload(Repository repository, String id) throws IOException;
}
