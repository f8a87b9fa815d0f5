package dev.cairn.migrate;

/// A change of a file: these bytes become those.
///
/// @param range the bytes that go
/// @param replacement what comes instead, one char per byte
public record Edit(ByteRange range, String replacement) {

    /// Takes bytes away.
    public static Edit delete(int start, int end) {
        return new Edit(new ByteRange(start, end), "");
    }

    /// Adds text before the byte at `offset`.
    public static Edit insert(int offset, String text) {
        return new Edit(ByteRange.at(offset), SourceText.chars(text));
    }
}
