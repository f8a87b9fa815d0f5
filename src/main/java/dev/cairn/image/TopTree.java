package dev.cairn.image;

import dev.cairn.archive.TarEntry;
import dev.cairn.image.layer.Piece;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The content of an image's top layer: every file that no package holds, each with the reason for its being there.
/// A later entry at the same path replaces an earlier one. Entries carry no time: equal trees give equal bytes.
final class TopTree {
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final LayerPieces pieces;

    /// Compresses content, or finds it compressed.
    interface LayerPieces {
        Piece of(byte[] plain);
    }

    TopTree(LayerPieces pieces) {
        this.pieces = pieces;
    }

    /// One entry; `content` is what a file consists of, in order.
    record Entry(TarEntry tar, List<Piece> content, String reason) {
        Entry {
            content = List.copyOf(content);
        }
    }

    void directory(String path, int mode, long uid, long gid, String reason) {
        put(new Entry(TarEntry.directory(path, mode).withOwner(uid, gid), List.of(), reason));
    }

    void file(String path, int mode, byte[] content, String reason) {
        file(path, mode, 0, 0, content, reason);
    }

    void file(String path, int mode, long uid, long gid, byte[] content, String reason) {
        List<Piece> parts = content.length == 0 ? List.of() : List.of(pieces.of(content));
        put(new Entry(TarEntry.file(path, mode, content.length).withOwner(uid, gid), parts, reason));
    }

    /// A file that is put together from parts that were compressed before.
    void file(String path, int mode, List<Piece> parts, String reason) {
        long size = parts.stream().mapToLong(Piece::length).sum();
        put(new Entry(TarEntry.file(path, mode, size), parts, reason));
    }

    void symlink(String path, String target, String reason) {
        put(new Entry(TarEntry.symlink(path, target), List.of(), reason));
    }

    void put(Entry entry) {
        entries.put(entry.tar().path(), entry);
    }

    /// Content compressed, or found compressed.
    Piece piece(byte[] plain) {
        return pieces.of(plain);
    }

    @Nullable
    Entry find(String path) {
        return entries.get(path);
    }

    /// The entries below a directory, itself not included.
    Collection<Entry> below(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return List.copyOf(
                entries.subMap(prefix, true, prefix + Character.MAX_VALUE, true).values());
    }

    void remove(String path) {
        entries.remove(path);
    }

    /// All entries, sorted by path, so that a directory comes before what it holds.
    Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }
}
