package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import java.nio.file.Path;

/// An entry of the [ContentStore]: its digest, its size in bytes, and the file to read (never to write).
public record Stored(Digest digest, long size, Path path) {}
