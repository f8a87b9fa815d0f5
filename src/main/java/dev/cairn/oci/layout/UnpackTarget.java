package dev.cairn.oci.layout;

import dev.cairn.archive.TarEntry;
import dev.cairn.oci.layout.LayoutException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The folder that layers are unpacked into, seen as a root: every path is resolved inside it.
///
/// The folder is the caller's own; that somebody else changes it meanwhile is not guarded against.
final class UnpackTarget {
    private static final int MOST_LINKS = 40;
    private static final int OWNER_ALL = 0700;

    private final Path root;
    private final boolean owners;
    private final Map<Path, TarEntry> folders = new LinkedHashMap<>();

    UnpackTarget(Path root) throws IOException {
        this.root = root.toRealPath();
        this.owners = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    Path root() {
        return root;
    }

    /// The real folder that stands for this path; made where there is none.
    Path folder(String path) throws IOException {
        Path folder = resolve(path, true);
        if (folder == null) {
            throw new LayoutException(Code.UNSAFE_LAYER, "'" + path + "' leads through something that is no folder");
        }
        return folder;
    }

    /// The real folder that stands for this path, or null.
    @Nullable
    Path existingFolder(String path) throws IOException {
        return resolve(path, false);
    }

    /// Walks the path as a process would whose root directory is [#root].
    private @Nullable Path resolve(String path, boolean make) throws IOException {
        Deque<String> left = new ArrayDeque<>();
        push(left, path);
        Path at = root;
        int links = 0;
        while (!left.isEmpty()) {
            String segment = left.pop();
            if (segment.equals("..")) {
                at = at.equals(root) ? root : at.resolve("..").normalize();
                continue;
            }
            Path next = at.resolve(segment);
            if (Files.isSymbolicLink(next)) {
                if (++links > MOST_LINKS) {
                    return null;
                }
                String to = Files.readSymbolicLink(next).toString();
                at = to.startsWith("/") ? root : at;
                push(left, to);
            } else if (Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
                at = next;
            } else if (make && !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(next);
                folders.put(next, TarEntry.directory(root.relativize(next).toString(), 0755));
                at = next;
            } else {
                return null;
            }
        }
        return at;
    }

    private static void push(Deque<String> left, String path) {
        String[] segments = path.split("/", -1);
        for (int i = segments.length - 1; i >= 0; i--) {
            if (!segments[i].isEmpty() && !segments[i].equals(".")) {
                left.push(segments[i]);
            }
        }
    }

    /// A folder keeps what is in it; anything else at the path makes room.
    void directory(Path path, TarEntry entry) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            remove(path);
            Files.createDirectory(path);
        }
        // Modes and times come last: a folder must be writable, and its time changes, while it is filled.
        folders.put(path, entry);
    }

    void file(Path path, TarEntry entry, InputStream content) throws IOException {
        remove(path);
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(out);
        }
        finish(path, entry, entry.mode());
    }

    void symlink(Path path, TarEntry entry) throws IOException {
        remove(path);
        Files.createSymbolicLink(path, Path.of(entry.link()));
        own(path, entry);
    }

    /// A second name for what is at the entry's link, whose last segment is not followed.
    void hardlink(Path path, TarEntry entry) throws IOException {
        int slash = entry.link().lastIndexOf('/');
        Path parent = existingFolder(slash < 0 ? "" : entry.link().substring(0, slash));
        Path existing = parent == null ? null : parent.resolve(entry.link().substring(slash + 1));
        if (existing == null
                || !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw new LayoutException(
                    Code.UNSAFE_LAYER,
                    "the hard link '" + entry.path() + "' is to '" + entry.link() + "', which is no file");
        }
        if (!existing.equals(path)) {
            remove(path);
            Files.createLink(path, existing);
        }
    }

    /// Removes whatever is at the path, and never what a link points to.
    void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            folders.keySet().removeIf(folder -> folder.startsWith(path));
        }
        DeleteTree.ifExists(path);
    }

    /// Gives the folders their owners, modes and times, the innermost first.
    void finish() throws IOException {
        for (Map.Entry<Path, TarEntry> folder : new ArrayDeque<>(folders.entrySet()).reversed()) {
            int mode = folder.getValue().mode();
            finish(folder.getKey(), folder.getValue(), owners ? mode : mode | OWNER_ALL);
        }
    }

    private void finish(Path path, TarEntry entry, int mode) throws IOException {
        own(path, entry);
        // Changing the owner clears setuid: the mode comes after it.
        Files.setAttribute(path, "unix:mode", mode);
        BasicFileAttributeView times =
                Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        FileTime time = FileTime.from(entry.mtime(), TimeUnit.SECONDS);
        times.setTimes(time, time, null);
    }

    private void own(Path path, TarEntry entry) throws IOException {
        if (owners) {
            Files.setAttribute(path, "unix:uid", id(entry.uid(), path), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", id(entry.gid(), path), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static int id(long id, Path path) throws FileSystemException {
        if (id > Integer.MAX_VALUE) {
            throw new FileSystemException(path.toString(), null, "owner " + id + " is beyond what is supported");
        }
        return (int) id;
    }
}
