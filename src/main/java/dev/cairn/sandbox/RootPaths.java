package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Finds a path of the sandbox in its root on the host. Symbolic links are followed as the sandbox would follow them,
/// so that none leads out of the root. It is meant for a root that nothing changes meanwhile.
final class RootPaths {
    private static final int MAX_LINKS = 40;

    private RootPaths() {}

    /// The path's names without empty ones and `.`.
    static List<String> components(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    /// The path below the root, relative, with no link in it and no `..`; the rest of it may be missing.
    static Path resolve(Path root, String path) throws IOException {
        Deque<String> todo = new ArrayDeque<>(components(path));
        Deque<String> done = new ArrayDeque<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.removeFirst();
            if (name.equals("..")) {
                done.pollLast();
                continue;
            }
            done.addLast(name);
            Path here = root.resolve(String.join("/", done));
            if (!Files.isSymbolicLink(here)) {
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new SandboxException(SandboxException.Code.INVALID, "too many links on the way to " + path);
            }
            done.removeLast();
            String link = Files.readSymbolicLink(here).toString();
            if (link.startsWith("/")) {
                done.clear();
            }
            components(link).reversed().forEach(todo::addFirst);
        }
        return Path.of(String.join("/", done));
    }

    /// The regular file on the host, or null when the sandbox has none there.
    static @org.jspecify.annotations.Nullable Path file(Path root, String path) throws IOException {
        Path found = root.resolve(resolve(root, path));
        return Files.isRegularFile(found, LinkOption.NOFOLLOW_LINKS) ? found : null;
    }
}
