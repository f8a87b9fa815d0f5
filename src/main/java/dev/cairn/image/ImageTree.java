package dev.cairn.image;

import dev.cairn.archive.TarEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The packages with the top layer over them, as a container sees them: where a path leads, and what is there.
final class ImageTree {
    private static final int MOST_LINKS = 40;

    private final MergedView view;
    private final TopTree top;

    ImageTree(MergedView view, TopTree top) {
        this.view = view;
        this.top = top;
    }

    MergedView view() {
        return view;
    }

    TopTree top() {
        return top;
    }

    /// The path with every symbolic link on the way followed; the last part is followed too when `last` says so. A
    /// directory written through a link would hide the link, so nothing is written to a path that is not canonical.
    String canonical(String path, boolean last) {
        Deque<String> waiting = new ArrayDeque<>(parts(path));
        List<String> done = new ArrayList<>();
        for (int links = 0; !waiting.isEmpty(); ) {
            String part = waiting.removeFirst();
            if (part.equals("..")) {
                if (!done.isEmpty()) {
                    done.removeLast();
                }
                continue;
            }
            done.add(part);
            Optional<String> link = waiting.isEmpty() && !last ? Optional.empty() : link(String.join("/", done));
            if (link.isPresent() && links++ < MOST_LINKS) {
                done.removeLast();
                if (link.get().startsWith("/")) {
                    done.clear();
                }
                List<String> target = parts(link.get());
                for (int i = target.size() - 1; i >= 0; i--) {
                    waiting.addFirst(target.get(i));
                }
            }
        }
        return String.join("/", done);
    }

    private Optional<String> link(String path) {
        TopTree.Entry entry = top.find(path);
        if (entry != null) {
            return entry.tar().type() == TarEntry.Type.SYMLINK
                    ? Optional.of(entry.tar().link())
                    : Optional.empty();
        }
        if (!view.has(path)) {
            return Optional.empty();
        }
        return view.find(path)
                .filter(found -> found.fact().type() == TarEntry.Type.SYMLINK)
                .map(found -> found.fact().link());
    }

    /// Whether a file, link or directory is at this canonical path.
    boolean exists(String path) {
        return path.isEmpty()
                || top.find(path) != null
                || view.hasDirectory(path)
                || view.find(path).isPresent();
    }

    /// Whether a file is where this path leads in the end.
    boolean hasFile(String path) {
        String end = canonical(path, true);
        TopTree.Entry entry = top.find(end);
        if (entry != null) {
            return entry.tar().isFile() || entry.tar().type() == TarEntry.Type.HARDLINK;
        }
        return view.find(end).isPresent();
    }

    /// The owner and mode of what is at a canonical path; a plain directory where nothing is.
    TarEntry attributes(String path) {
        TopTree.Entry entry = top.find(path);
        if (entry != null) {
            return entry.tar();
        }
        TarEntry found = TarEntry.directory(path, 0755);
        for (MergedView.Owned each : view.directories().getOrDefault(path, new ArrayList<>())) {
            boolean plain = found.mode() == 0755 && found.uid() == 0 && found.gid() == 0;
            if (plain || !each.fact().isPlainDirectory()) {
                found = TarEntry.directory(path, each.fact().mode())
                        .withOwner(each.fact().uid(), each.fact().gid());
            }
        }
        return found;
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }
}
