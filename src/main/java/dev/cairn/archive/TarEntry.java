package dev.cairn.archive;

import java.util.Objects;

/// One entry of a tar archive (POSIX.1-2017 pax, "ustar Interchange Format").
///
/// `path` is relative to the root of the tree: no leading `/` or `./`, no trailing `/`, no empty, `.` or `..` segment;
/// the root directory itself is "". `mode` holds the twelve permission bits, `mtime` counts seconds since 1970, `size`
/// is the number of content bytes (0 for everything but files). `link` is the target of a symbolic link as it stands,
/// the
/// path (in the same form as `path`) of the linked entry for a hard link, and "" otherwise. `user` and `group` may be
/// "".
/// A value that breaks these rules is an [IllegalArgumentException].
public record TarEntry(
        String path,
        Type type,
        int mode,
        long uid,
        long gid,
        long size,
        long mtime,
        String link,
        String user,
        String group) {

    /// What an entry is. Device numbers are not kept: nothing here makes devices.
    public enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARDLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO
    }

    public TarEntry {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(group, "group");
        require(TarPath.isNormal(path), "path is not in normal form", path);
        require(!path.isEmpty() || type == Type.DIRECTORY, "the root is a directory, not a " + type, path);
        require(mode >= 0 && mode <= 07777, "mode out of range: " + Integer.toOctalString(mode), path);
        require(uid >= 0 && gid >= 0, "negative owner", path);
        require(size == 0 || (size > 0 && type == Type.FILE), "size " + size + " on a " + type, path);
        boolean linked = type == Type.SYMLINK || type == Type.HARDLINK;
        require(linked != link.isEmpty(), "link target '" + link + "' on a " + type, path);
        require(link.indexOf('\0') < 0, "NUL in the link target", path);
        require(type != Type.HARDLINK || TarPath.isNormal(link), "hard link to " + link, path);
    }

    private static void require(boolean holds, String complaint, String path) {
        if (!holds) {
            throw new IllegalArgumentException("tar entry " + TarPath.quote(path) + ": " + complaint);
        }
    }

    /// A directory of root's.
    public static TarEntry directory(String path, int mode) {
        return new TarEntry(path, Type.DIRECTORY, mode, 0, 0, 0, 0, "", "", "");
    }

    /// A regular file of root's with `size` bytes of content.
    public static TarEntry file(String path, int mode, long size) {
        return new TarEntry(path, Type.FILE, mode, 0, 0, size, 0, "", "", "");
    }

    /// A symbolic link (mode 0777) that holds `target` as it is.
    public static TarEntry symlink(String path, String target) {
        return new TarEntry(path, Type.SYMLINK, 0777, 0, 0, 0, 0, target, "", "");
    }

    /// A second name of the entry at the path `target`.
    public static TarEntry hardlink(String path, String target) {
        return new TarEntry(path, Type.HARDLINK, 0644, 0, 0, 0, 0, target, "", "");
    }

    /// The same entry at another path.
    public TarEntry withPath(String newPath) {
        return new TarEntry(newPath, type, mode, uid, gid, size, mtime, link, user, group);
    }

    /// The same entry with other permission bits.
    public TarEntry withMode(int newMode) {
        return new TarEntry(path, type, newMode, uid, gid, size, mtime, link, user, group);
    }

    /// The same entry with another numeric owner and no owner names.
    public TarEntry withOwner(long newUid, long newGid) {
        return withOwner(newUid, newGid, "", "");
    }

    /// The same entry with another owner.
    public TarEntry withOwner(long newUid, long newGid, String newUser, String newGroup) {
        return new TarEntry(path, type, mode, newUid, newGid, size, mtime, link, newUser, newGroup);
    }

    /// The same file with another size.
    public TarEntry withSize(long newSize) {
        return new TarEntry(path, type, mode, uid, gid, newSize, mtime, link, user, group);
    }

    /// The same entry with another modification time, in seconds.
    public TarEntry withMtime(long newMtime) {
        return new TarEntry(path, type, mode, uid, gid, size, newMtime, link, user, group);
    }

    /// The same link with another target.
    public TarEntry withLink(String newLink) {
        return new TarEntry(path, type, mode, uid, gid, size, mtime, newLink, user, group);
    }

    /// Whether this is the root directory itself.
    public boolean isRoot() {
        return path.isEmpty();
    }

    public boolean isFile() {
        return type == Type.FILE;
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }

    /// The path of the directory that holds this entry, "" at the top.
    public String parent() {
        return TarPath.parent(path);
    }

    /// The last segment of the path.
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
