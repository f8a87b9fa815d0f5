package dev.cairn.image.layer;

import dev.cairn.digest.Digest;

/// A layer that is kept on this machine: what an image says of it, and where its bytes lie.
///
/// @param form how its bytes came to be
/// @param digest the digest of the compressed layer
/// @param size its length in bytes
/// @param diffId the digest of the uncompressed tar
/// @param tarSize the tar's length in bytes
/// @param container the stored file that holds the bytes: a package file, or the layer itself
/// @param offset where in that file the layer begins
public record StoredLayer(
        LayerForm form, Digest digest, long size, Digest diffId, long tarSize, Digest container, long offset) {}
