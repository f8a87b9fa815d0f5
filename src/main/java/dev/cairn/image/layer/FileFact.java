package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;

/// What assembly knows of one entry of a package's layer.
///
/// @param path as in the layer: no leading `/`, no trailing `/`
/// @param type file, directory or link; a package's layer holds nothing else
/// @param mode permission bits with setuid, setgid and sticky
/// @param uid numeric owner
/// @param gid numeric group
/// @param size bytes of a file's content, else 0
/// @param link the target of a symbolic or hard link, else empty
/// @param interpreter the program named by a script's first line (`/bin/sh`), else empty
/// @param content what the content is; [ContentId#NONE] where there is none
public record FileFact(
        String path,
        TarEntry.Type type,
        int mode,
        long uid,
        long gid,
        long size,
        String link,
        String interpreter,
        ContentId content) {

    /// Whether another package's entry at the same path leaves the same thing on the disk.
    public boolean sameAs(FileFact other) {
        return type == other.type
                && mode == other.mode
                && uid == other.uid
                && gid == other.gid
                && size == other.size
                && link.equals(other.link)
                && content.equals(other.content);
    }

    /// Whether this is a directory.
    public boolean isDirectory() {
        return type == TarEntry.Type.DIRECTORY;
    }

    /// Whether this is a directory that root owns with mode 0755, as a package that has no opinion makes it.
    public boolean isPlainDirectory() {
        return type == TarEntry.Type.DIRECTORY && mode == 0755 && uid == 0 && gid == 0;
    }
}
