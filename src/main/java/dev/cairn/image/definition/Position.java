package dev.cairn.image.definition;

import java.nio.file.Path;

/// A place in a definition file.
///
/// @param file the file, as it was named on the way to it (relative names stay relative)
/// @param line 1 for the first line; 0 when the whole file is meant
/// @param column 1 for a line's first code point; 0 when the whole file is meant
public record Position(Path file, int line, int column) {

    /// The whole file rather than a place in it.
    static Position whole(Path file) {
        return new Position(file, 0, 0);
    }

    /// `file:line:column`, or the file alone.
    @Override
    public String toString() {
        return line == 0 ? file.toString() : file + ":" + line + ":" + column;
    }
}
