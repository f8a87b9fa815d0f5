package dev.cairn.registry;

import dev.cairn.digest.Digest;

/// A manifest or index as it was pushed.
///
/// @param digest its digest
/// @param mediaType the type under which it was pushed, without parameters
/// @param bytes its exact bytes, which nobody changes
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each answer would be the hot path's largest cost
public record StoredManifest(Digest digest, String mediaType, byte[] bytes) {}
