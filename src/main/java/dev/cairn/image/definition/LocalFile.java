package dev.cairn.image.definition;

import java.nio.file.Path;

/// One entry that a [FileCopy] writes into the image.
///
/// @param kind what it is
/// @param path its path in the image, absolute
/// @param file where its bytes are on this machine
/// @param mode its permission bits
/// @param target what a symbolic link says; empty otherwise
public record LocalFile(Kind kind, String path, Path file, int mode, String target) {

    /// The kinds of entries that are copied.
    public enum Kind {
        /// A folder.
        DIRECTORY,
        /// A regular file.
        FILE,
        /// A symbolic link, kept as it is.
        SYMLINK
    }
}
