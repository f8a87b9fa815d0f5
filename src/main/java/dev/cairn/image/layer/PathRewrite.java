package dev.cairn.image.layer;

import java.util.List;

/// Where top-level directories have moved: packages that still ship `lib/…` in a distribution where `lib` is a link to
/// `usr/lib` are rewritten to the path that the link leads to, or their directory would hide the link.
///
/// @param directories the top-level directories that are links to the same name below `usr`
public record PathRewrite(List<String> directories) {
    /// Nothing has moved.
    public static final PathRewrite NONE = new PathRewrite(List.of());
    /// Debian's merged `/usr`, as of bookworm: the aliased directories of the `usr-is-merged` layout.
    public static final PathRewrite MERGED_USR =
            new PathRewrite(List.of("bin", "lib", "lib32", "lib64", "libx32", "sbin"));

    public PathRewrite {
        directories = List.copyOf(directories.stream().sorted().toList());
    }

    /// The path after the move.
    public String apply(String path) {
        int slash = path.indexOf('/');
        String top = slash < 0 ? path : path.substring(0, slash);
        return directories.contains(top) ? "usr/" + path : path;
    }

    /// Whether a path is one of the directories themselves, which a link stands for.
    public boolean isAlias(String path) {
        return directories.contains(path);
    }

    /// A short name for cache keys.
    String id() {
        return String.join("+", directories);
    }
}
