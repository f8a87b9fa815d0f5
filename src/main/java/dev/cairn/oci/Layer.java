package dev.cairn.oci;

import dev.cairn.digest.Digest;

/// One layer of an image.
///
/// @param blob the layer as it is stored and sent: a tar, as a rule compressed
/// @param diffId the digest of the tar without compression
public record Layer(Blob blob, Digest diffId) {

    /// What the manifest says of the layer.
    public Descriptor descriptor() {
        return blob.descriptor();
    }
}
