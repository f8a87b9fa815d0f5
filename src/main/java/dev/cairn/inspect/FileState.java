package dev.cairn.inspect;

import dev.cairn.archive.TarEntry;

/// A file, directory or link as a container sees it.
///
/// @param type what it is
/// @param mode the twelve permission bits
/// @param uid its owner
/// @param gid its group
/// @param size a file's length in bytes
/// @param link where a link leads
/// @param content the first 128 bits of the SHA-256 of a file's content, in two halves, zero for all but files:
///     enough to tell whether two files are the same
public record FileState(
        TarEntry.Type type, int mode, long uid, long gid, long size, String link, long content, long contentRest) {
    static FileState of(TarEntry entry, long content, long contentRest) {
        return new FileState(
                entry.type(), entry.mode(), entry.uid(), entry.gid(), entry.size(), entry.link(), content, contentRest);
    }

    /// Whether it is a program that runs as its owner or group, whoever starts it.
    public boolean isPrivileged() {
        return type == TarEntry.Type.FILE && (mode & 06000) != 0 && (mode & 0111) != 0;
    }

    /// Whether the content is the same; owners and permissions apart.
    boolean sameContent(FileState other) {
        return type == other.type
                && size == other.size
                && content == other.content
                && contentRest == other.contentRest
                && link.equals(other.link);
    }

    /// As `ls -l` begins a line: `-rwsr-xr-x`.
    public String permissions() {
        char kind = switch (type) {
            case FILE, HARDLINK -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case FIFO -> 'p';
        };
        return kind
                + triple(mode >> 6, (mode & 04000) != 0, 's')
                + triple(mode >> 3, (mode & 02000) != 0, 's')
                + triple(mode, (mode & 01000) != 0, 't');
    }

    private static String triple(int bits, boolean special, char letter) {
        boolean execute = (bits & 1) != 0;
        char last = special ? (execute ? letter : Character.toUpperCase(letter)) : (execute ? 'x' : '-');
        return ((bits & 4) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + last;
    }
}
