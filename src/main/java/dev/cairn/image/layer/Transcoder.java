package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarReader;
import dev.cairn.archive.TarWriter;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Rewrites a package's tar to a canonical one: paths moved where the distribution moved them, every parent directory
/// before its child, no path twice, numeric owners only. Order, modes and times are the package's own.
final class Transcoder {
    /// Part of every cache key: raise it when the bytes that it writes change.
    static final String VERSION = "1";

    private final PathRewrite rewrite;
    private final Set<String> directories = new HashSet<>();
    private final Set<String> others = new HashSet<>();

    Transcoder(PathRewrite rewrite) {
        this.rewrite = rewrite;
    }

    /// Copies every entry of `in` to `out` (tar end included) and tells `facts` of what was written.
    void transcode(TarReader in, TarWriter out, FactsCollector facts) throws IOException {
        for (TarEntry entry = in.next(); entry != null; entry = in.next()) {
            String path = entry.path();
            if (path.isEmpty() || (rewrite.isAlias(path) && entry.isDirectory())) {
                continue;
            }
            TarEntry moved = moved(entry);
            refuse(moved);
            parents(moved, out, facts);
            if (entry.isDirectory()) {
                requireNoFile(moved.path(), moved);
                if (directories.add(moved.path())) {
                    out.put(moved);
                    facts.add(moved);
                }
            } else if (first(moved)) {
                out.put(moved, extended(in.attributes()), facts.watch(moved, in.content()));
                facts.add(moved);
            }
        }
        out.end();
    }

    private TarEntry moved(TarEntry entry) {
        boolean aliasItself = rewrite.isAlias(entry.path());
        String path = aliasItself ? entry.path() : rewrite.apply(entry.path());
        boolean hard = entry.type() == TarEntry.Type.HARDLINK;
        TarEntry linked = hard ? entry.withLink(rewrite.apply(entry.link())) : entry;
        return linked.withPath(path).withOwner(entry.uid(), entry.gid());
    }

    private static void refuse(TarEntry entry) {
        if (entry.path().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            // A line break in a path would forge lines of the package database.
            throw new LayerException(LayerException.Code.UNSAFE_CONTENT, "it has a path with a control character");
        }
        if (entry.name().startsWith(".wh.")) {
            throw new LayerException(
                    LayerException.Code.UNSAFE_CONTENT, entry.path() + " would delete files in an image");
        }
        switch (entry.type()) {
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                throw new LayerException(LayerException.Code.UNSAFE_CONTENT, entry.path() + " is a device or a pipe");
            case FILE, DIRECTORY, SYMLINK, HARDLINK -> {}
        }
    }

    private void parents(TarEntry entry, TarWriter out, FactsCollector facts) throws IOException {
        String path = entry.path();
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            requireNoFile(parent, entry);
            if (directories.add(parent)) {
                TarEntry made = TarEntry.directory(parent, 0755).withMtime(entry.mtime());
                out.put(made);
                facts.add(made);
            }
        }
    }

    /// What lies below a link would be written wherever the link leads, or hide the link.
    private void requireNoFile(String directory, TarEntry entry) {
        if (others.contains(directory)) {
            throw new LayerException(
                    LayerException.Code.UNSAFE_CONTENT,
                    entry.path() + " makes a directory of " + directory + ", which is a file or link");
        }
    }

    /// Two names of one path after a move: a compatibility link to the file itself goes, anything else is a defect.
    private boolean first(TarEntry entry) {
        if (directories.contains(entry.path())) {
            throw new LayerException(
                    LayerException.Code.UNSAFE_CONTENT, "it has two different entries for " + entry.path());
        }
        if (entry.type() == TarEntry.Type.HARDLINK && !others.contains(entry.link())) {
            throw new LayerException(
                    LayerException.Code.UNSAFE_CONTENT,
                    entry.path() + " is a hard link to " + entry.link() + ", which is no earlier file of it");
        }
        if (others.add(entry.path())) {
            return true;
        }
        if (entry.type() == TarEntry.Type.SYMLINK) {
            return false;
        }
        throw new LayerException(
                LayerException.Code.UNSAFE_CONTENT, "it has two different entries for " + entry.path());
    }

    /// Of the extended attributes only those that the file system keeps, such as file capabilities.
    static Map<String, byte[]> extended(Map<String, byte[]> attributes) {
        Map<String, byte[]> kept = new TreeMap<>(attributes);
        kept.keySet().removeIf(name -> !name.startsWith("SCHILY.xattr."));
        return kept;
    }
}
