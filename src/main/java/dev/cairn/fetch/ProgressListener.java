package dev.cairn.fetch;

import java.net.URI;
import java.time.Duration;

/// Is told how downloads go. Calls come from the threads that download, several at once, and should return quickly.
public interface ProgressListener {
    /// Tells nobody.
    ProgressListener NONE = new ProgressListener() {};

    /// `done` of `total` bytes have arrived; `total` is -1 while it is not known. The first call has what was there
    /// from an earlier try, or 0. A count may go back when a download has to start again.
    default void progress(URI uri, long done, long total) {}

    /// All `size` bytes are there and are what they should be.
    default void finished(URI uri, long size) {}

    /// Attempt `attempt` (from 1) failed; there will be another one after `delay`.
    default void retrying(URI uri, int attempt, String reason, Duration delay) {}
}
