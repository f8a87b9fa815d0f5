package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// An upload session: bytes that grow at the end. It survives a restart, and ends with [#complete] or [#cancel]. One
/// request at a time works on it, between [#tryEnter] and [#leave].
public interface Upload {
    /// Its number, a UUID that is hard to guess.
    String id();

    /// How many bytes it has.
    long size();

    /// Takes the session for this thread, unless another request has it.
    boolean tryEnter();

    /// Lets the next request have the session.
    void leave();

    /// Appends what `in` gives. What arrived before an error stays, so that a client may go on from there.
    ///
    /// @param limit how many bytes the session may have in the end
    /// @throws DistributionException `TOO_LARGE` above the limit; the surplus is not kept
    void append(InputStream in, long limit) throws IOException;

    /// Takes back what was appended behind the first `size` bytes.
    void truncate(long size) throws IOException;

    /// Makes it a blob of its repository; durable when this returns. The session is over either way.
    ///
    /// @return the blob, or nothing where the bytes have another digest
    Optional<StoredBlob> complete(Digest expected) throws IOException;

    /// Drops it.
    void cancel() throws IOException;
}
