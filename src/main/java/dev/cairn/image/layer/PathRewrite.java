package dev.cairn.image.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where directories have moved: a package that still ships `lib/…` in a distribution where `lib` is a link to
/// `usr/lib` is rewritten to the path that the link leads to, or its directory would hide the link.
///
/// @param moves a directory that is a link, and the path that it leads to; neither lies below another link
public record PathRewrite(SortedMap<String, String> moves) {
    /// Nothing has moved.
    public static final PathRewrite NONE = new PathRewrite(new TreeMap<>());
    /// Debian's merged `/usr`, as of bookworm: the aliased directories of the `usr-is-merged` layout.
    public static final PathRewrite MERGED_USR = intoUsr(List.of("bin", "lib", "lib32", "lib64", "libx32", "sbin"));

    public PathRewrite {
        moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
    }

    /// These top-level directories are links to the same names below `usr`.
    public static PathRewrite intoUsr(List<String> directories) {
        SortedMap<String, String> moves = new TreeMap<>();
        directories.forEach(each -> moves.put(each, "usr/" + each));
        return new PathRewrite(moves);
    }

    /// This one and further moves, which win.
    public PathRewrite with(Map<String, String> further) {
        SortedMap<String, String> all = new TreeMap<>(moves);
        all.putAll(further);
        return new PathRewrite(all);
    }

    /// The path after the moves.
    public String apply(String path) {
        if (moves.isEmpty()) {
            return path;
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String target = moves.get(path.substring(0, slash));
            if (target != null) {
                return target + path.substring(slash);
            }
        }
        String target = moves.get(path);
        return target == null ? path : target;
    }

    /// Whether a path is one of the directories themselves, which a link stands for.
    public boolean isAlias(String path) {
        return moves.containsKey(path);
    }

    /// A short name for cache keys.
    String id() {
        List<String> names = new ArrayList<>();
        moves.forEach((from, to) -> names.add(to.equals("usr/" + from) ? from : from + "=" + to));
        return String.join("+", names);
    }
}
