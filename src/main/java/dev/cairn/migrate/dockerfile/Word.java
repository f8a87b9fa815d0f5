package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;

/// A word of an instruction: what BuildKit takes it for, and the bytes that it is written with.
///
/// @param value the value, one char per byte
/// @param range where it stands in the file, quotes and continuations in it included
public record Word(String value, ByteRange range) {}
