package dev.cairn.oci.remote;

import dev.cairn.oci.Descriptor;

/// Hears how blobs and manifests travel. Several threads may call at once; a call must be short.
public interface TransferListener {
    /// Hears nothing.
    TransferListener NONE = new TransferListener() {};

    /// So many bytes of the content have been handed over; after a retry it starts again.
    default void progress(Descriptor content, long bytes) {}

    /// The content was there already: nothing travelled.
    default void present(Descriptor content) {}

    /// The registry took the content over from another of its repositories: nothing travelled.
    default void mounted(Descriptor content, String repository) {}

    /// All of the content has been sent.
    default void sent(Descriptor content) {}

    /// A request failed and will be made again.
    default void retrying(String request, int attempt, String reason) {}
}
