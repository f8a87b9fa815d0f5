package dev.cairn.image;

import dev.cairn.archive.TarEntry;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.FileCopy;
import dev.cairn.image.definition.LocalFile;
import dev.cairn.image.definition.Owner;
import dev.cairn.image.definition.PathChange;
import dev.cairn.image.layer.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Applies a definition's `files` and `paths` to the tree. What a package holds and a change touches is copied to the
/// top
/// layer whole: a layer above can't change an entry's mode without restating it.
final class DefinedPaths {
    private static final String PATHS = "paths of the definition";
    static final String FILES = "files of the definition";
    private static final int PIECE = 1 << 20;

    private final ImageTree tree;
    private final FileContents contents;

    DefinedPaths(ImageTree tree, FileContents contents) {
        this.tree = tree;
        this.contents = contents;
    }

    void apply(Definition definition) throws IOException {
        for (FileCopy copy : definition.files()) {
            for (LocalFile file : copy.entries()) {
                copy(copy, file);
            }
        }
        for (PathChange change : definition.paths()) {
            apply(change);
        }
    }

    private void copy(FileCopy copy, LocalFile file) throws IOException {
        String path = tree.canonical(file.path(), false);
        parents(path, FILES);
        Owner owner = copy.owner();
        switch (file.kind()) {
            case DIRECTORY -> {
                if (!tree.exists(path)) {
                    tree.top().directory(path, file.mode(), owner.uid(), owner.gid(), FILES);
                }
            }
            case FILE -> {
                List<Piece> parts = pieces(file.file());
                long size = parts.stream().mapToLong(Piece::length).sum();
                TarEntry entry = TarEntry.file(path, file.mode(), size).withOwner(owner.uid(), owner.gid());
                tree.top().put(new TopTree.Entry(entry, parts, FILES));
            }
            case SYMLINK -> tree.top().symlink(path, file.target(), FILES);
        }
    }

    /// The content, compressed piece by piece: one buffer of the size of a large program would not fit the heap.
    private List<Piece> pieces(Path file) throws IOException {
        List<Piece> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] part = in.readNBytes(PIECE); part.length > 0; part = in.readNBytes(PIECE)) {
                parts.add(tree.top().piece(part));
            }
        }
        return parts;
    }

    private void apply(PathChange change) throws IOException {
        String path = tree.canonical(change.path(), follows(change.type()));
        parents(path, PATHS);
        Owner owner = change.owner().orElse(Owner.ROOT);
        switch (change.type()) {
            case DIRECTORY -> directory(change, path);
            case EMPTY_FILE ->
                tree.top().file(path, change.permissions().orElse(0644), owner.uid(), owner.gid(), new byte[0], PATHS);
            case SYMLINK -> tree.top().symlink(path, change.source(), PATHS);
            case HARDLINK -> hardlink(change, path);
            case PERMISSIONS -> {
                if (!tree.exists(path)) {
                    throw missing(change, "there is nothing at " + change.path() + " whose permissions could be set");
                }
                set(change, path);
            }
        }
        if (change.recursive()) {
            recursive(change, path);
        }
    }

    /// A directory that is asked for by the name of a link to one is the link's: in its place it would hide all there.
    private static boolean follows(PathChange.Type type) {
        return type == PathChange.Type.PERMISSIONS || type == PathChange.Type.DIRECTORY;
    }

    private void directory(PathChange change, String path) {
        TarEntry there = tree.attributes(path);
        Owner owner = change.owner().orElse(new Owner(there.uid(), there.gid()));
        tree.top().directory(path, change.permissions().orElse(there.mode()), owner.uid(), owner.gid(), PATHS);
    }

    /// A hard link needs its target in the same layer, so a package's file is copied up first.
    private void hardlink(PathChange change, String path) throws IOException {
        String source = tree.canonical(change.source(), true);
        if (tree.top().find(source) == null) {
            copyUp(change, source, PATHS);
        }
        TopTree.Entry there = tree.top().find(source);
        if (there != null && there.tar().type() == TarEntry.Type.HARDLINK) {
            source = there.tar().link();
            there = tree.top().find(source);
        }
        if (there == null || !there.tar().isFile()) {
            throw missing(change, change.source() + " is no file, which alone can have a second name");
        }
        TarEntry link = attributes(TarEntry.hardlink(path, source), there.tar());
        tree.top().put(new TopTree.Entry(link, List.of(), PATHS));
        if (change.permissions().isPresent() || change.owner().isPresent()) {
            set(change, source);
        }
    }

    private void set(PathChange change, String path) throws IOException {
        if (tree.top().find(path) == null && !tree.view().hasDirectory(path)) {
            copyUp(change, path, PATHS);
        }
        TopTree.Entry entry = tree.top().find(path);
        if (entry != null && entry.tar().type() == TarEntry.Type.HARDLINK) {
            set(change, entry.tar().link());
            return;
        }
        TarEntry there = entry == null ? tree.attributes(path) : entry.tar();
        Owner owner = change.owner().orElse(new Owner(there.uid(), there.gid()));
        TarEntry changed =
                there.withMode(change.permissions().orElse(there.mode())).withOwner(owner.uid(), owner.gid());
        tree.top().put(new TopTree.Entry(changed, entry == null ? List.of() : entry.content(), PATHS));
        if (changed.isFile()) {
            otherNames(changed);
        }
    }

    /// A runtime gives the file what each of its names says, so all of them say the same.
    private void otherNames(TarEntry file) {
        for (TopTree.Entry each : List.copyOf(tree.top().entries())) {
            if (each.tar().type() == TarEntry.Type.HARDLINK && each.tar().link().equals(file.path())) {
                tree.top().put(new TopTree.Entry(attributes(each.tar(), file), List.of(), each.reason()));
            }
        }
    }

    private static TarEntry attributes(TarEntry of, TarEntry from) {
        return of.withMode(from.mode()).withOwner(from.uid(), from.gid());
    }

    private void recursive(PathChange change, String path) throws IOException {
        Map<String, TarEntry.Type> below = new TreeMap<>();
        tree.view().directories().keySet().stream()
                .filter(each -> each.startsWith(path + "/"))
                .forEach(each -> below.put(each, TarEntry.Type.DIRECTORY));
        tree.view()
                .below(path)
                .forEach(each -> below.put(each.fact().path(), each.fact().type()));
        tree.top()
                .below(path)
                .forEach(each -> below.put(each.tar().path(), each.tar().type()));
        for (Map.Entry<String, TarEntry.Type> each : below.entrySet()) {
            if (each.getValue() != TarEntry.Type.SYMLINK) {
                set(change, each.getKey());
            }
        }
    }

    private void copyUp(PathChange change, String path, String reason) throws IOException {
        MergedView.Owned owned =
                tree.view().find(path).orElseThrow(() -> missing(change, "there is no file at /" + path));
        tree.top().put(contents.copy(owned, reason));
    }

    private void parents(String path, String reason) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            if (!tree.exists(parent)) {
                tree.top().directory(parent, 0755, 0, 0, reason);
            }
        }
    }

    private static ImageException missing(PathChange change, String what) {
        return new ImageException(ImageException.Code.MISSING_FILE, change.position() + ": " + what);
    }
}
