package dev.cairn.packages;

import dev.cairn.digest.Digest;
import java.nio.file.Path;

/// A package's file in the cache, checked against its signed index row.
///
/// @param path where it lies; it may be removed by `cache clean`, so it is opened soon or asked for again
/// @param digest the sha256 of the whole file, as locks record it
/// @param size its length in bytes
public record PackageFile(Path path, Digest digest, long size) {}
