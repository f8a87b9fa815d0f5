package dev.cairn.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides whether a tar may be used as an image layer exactly as it is, because every reader sees the same harmless
/// tree in it: one end and nothing behind it, no whiteout names (`.wh.…`, deletions to OCI image-spec, layer.md), no
/// devices, no path twice after normalisation, no entry below something that is no directory, no link out of the tree.
///
/// Feed it the entries of a [TarReader] in order while doing other work on them, then ask for [#verdict]; or let
/// [#check] do all of it. It keeps every path: memory grows with the number of entries, which the reader limits.
public final class StrictTar {
    private final Map<String, TarEntry.Type> types = new HashMap<>();
    private @Nullable NotVerbatim complaint;

    /// What the check found.
    public sealed interface Verdict {}

    /// The tar may be a layer as it is.
    public record Verbatim() implements Verdict {}

    /// The tar must be transcoded or refused, for this reason; `detail` names the entry.
    public record NotVerbatim(Reason reason, String detail) implements Verdict {}

    /// Why a tar cannot be a layer as it is.
    public enum Reason {
        /// The reader refused it: hostile or damaged. It cannot be transcoded either.
        UNREADABLE,
        NO_END,
        /// More than one gzip member around it.
        SEVERAL_MEMBERS,
        GLOBAL_HEADER,
        WHITEOUT,
        DEVICE,
        DUPLICATE_PATH,
        PARENT_IS_NO_DIRECTORY,
        LINK_OUT_OF_TREE,
        /// A hard link whose target is no earlier file of the same tar.
        DANGLING_HARD_LINK,
        CONTROL_CHARACTER
    }

    /// Takes note of the next entry.
    public void accept(TarEntry entry) {
        if (complaint != null) {
            return;
        }
        String path = entry.path();
        if (isWhiteout(path)) {
            complain(Reason.WHITEOUT, entry);
        } else if (hasControlCharacter(path) || hasControlCharacter(entry.link())) {
            complain(Reason.CONTROL_CHARACTER, entry);
        } else if (entry.type() == TarEntry.Type.CHARACTER_DEVICE || entry.type() == TarEntry.Type.BLOCK_DEVICE) {
            complain(Reason.DEVICE, entry);
        } else if (entry.type() == TarEntry.Type.SYMLINK && leavesTree(entry)) {
            complain(Reason.LINK_OUT_OF_TREE, entry);
        } else if (entry.type() == TarEntry.Type.HARDLINK && types.get(entry.link()) != TarEntry.Type.FILE) {
            complain(Reason.DANGLING_HARD_LINK, entry);
        } else if (types.put(path, entry.type() == TarEntry.Type.HARDLINK ? TarEntry.Type.FILE : entry.type())
                != null) {
            complain(Reason.DUPLICATE_PATH, entry);
        }
    }

    /// The verdict on the tar that `reader`, whose entries have all been accepted, has read to its end.
    public Verdict verdict(TarReader reader) {
        if (complaint == null && !reader.endBlocksSeen()) {
            complaint = new NotVerbatim(Reason.NO_END, "no end of archive at offset " + reader.position());
        }
        if (complaint == null && reader.globalHeaderSeen()) {
            complaint = new NotVerbatim(Reason.GLOBAL_HEADER, "a global PAX header");
        }
        if (complaint == null) {
            checkParents();
        }
        return complaint == null ? new Verbatim() : complaint;
    }

    /// Reads a whole uncompressed tar. What the reader refuses is [Reason#UNREADABLE], with its message.
    public static Verdict check(InputStream tar, TarLimits limits) throws IOException {
        try {
            TarReader reader = new TarReader(tar, limits);
            StrictTar strict = new StrictTar();
            TarEntry entry;
            while ((entry = reader.next()) != null) {
                strict.accept(entry);
            }
            return strict.verdict(reader);
        } catch (ArchiveException e) {
            return new NotVerbatim(Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    /// Reads a whole gzip-compressed tar, which must be one member with nothing behind it.
    public static Verdict checkGzip(InputStream gzip, TarLimits limits) throws IOException {
        try {
            GzipMembers members = new GzipMembers(gzip);
            if (!members.next()) {
                return new NotVerbatim(Reason.UNREADABLE, "gzip: the input is empty");
            }
            Verdict verdict = check(members.content(), limits);
            if (verdict instanceof Verbatim && members.next()) {
                return new NotVerbatim(Reason.SEVERAL_MEMBERS, "a second gzip member at offset " + members.offset());
            }
            return verdict;
        } catch (ArchiveException e) {
            return new NotVerbatim(Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    /// An ancestor may come after its children, so this waits for the end.
    private void checkParents() {
        for (String path : types.keySet()) {
            String parent = path;
            while (!parent.isEmpty()) {
                parent = TarPath.parent(parent);
                TarEntry.Type type = types.get(parent);
                if (type == TarEntry.Type.DIRECTORY) {
                    // Its own ancestors are checked in its own turn.
                    break;
                }
                if (type != null) {
                    String detail = TarPath.quote(path) + " is below " + TarPath.quote(parent) + ", a " + type;
                    complaint = new NotVerbatim(Reason.PARENT_IS_NO_DIRECTORY, detail);
                    return;
                }
            }
        }
    }

    private void complain(Reason reason, TarEntry entry) {
        String link = entry.link().isEmpty() ? "" : " -> " + TarPath.quote(entry.link());
        complaint = new NotVerbatim(reason, TarPath.quote(entry.path()) + link);
    }

    private static boolean isWhiteout(String path) {
        return path.startsWith(".wh.") || path.contains("/.wh.");
    }

    private static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /// Whether following a symbolic link's `..` segments climbs above the root, taking other links as directories.
    private static boolean leavesTree(TarEntry entry) {
        String target = entry.link();
        int depth = target.startsWith("/") ? 0 : TarPath.depth(entry.parent());
        int start = 0;
        while (start <= target.length()) {
            int slash = target.indexOf('/', start);
            int end = slash < 0 ? target.length() : slash;
            if (end - start == 2 && target.startsWith("..", start)) {
                depth--;
            } else if (end > start && !(end - start == 1 && target.charAt(start) == '.')) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
