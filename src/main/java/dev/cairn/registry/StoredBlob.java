package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.nio.file.Path;

/// A blob and where its bytes lie: a whole file, or a range of a package that holds them.
///
/// @param digest its digest
/// @param size its length in bytes
/// @param file the file
/// @param offset where in the file it begins
public record StoredBlob(Digest digest, long size, Path file, long offset) {}
