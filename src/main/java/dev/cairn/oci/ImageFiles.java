package dev.cairn.oci;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files that a container of an image sees: its layers merged, whiteouts and opaque directories applied (OCI
/// image-spec, layer.md), without unpacking anything.
///
/// Layers are read from the top down, each once and as a stream, so that an entry is known to be visible when it
/// comes by; contents are never held. What is held is the paths: at most [#MOST_PATHS] of them, else an
/// [ArchiveException]. Each layer is checked as [LayerTar] does. Paths count as they stand: a link to a directory
/// in one layer does not move what another layer has below the link's name.
public final class ImageFiles {
    /// How many paths all layers together may have.
    public static final int MOST_PATHS = 1_000_000;

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    /// The path is taken, lower layers' entries at it are hidden; below it too, unless [#DIRECTORY] is set.
    private static final int TAKEN = 1;
    /// Something above is below this path: lower layers can only add to it as a directory.
    private static final int DIRECTORY = 2;
    /// Lower layers' entries below it are hidden.
    private static final int CLOSED = 4;

    private final Map<String, Integer> above = new HashMap<>();
    private final List<String> paths = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Set<String> directories = new HashSet<>();
    private final TarLimits limits;

    /// Is told of each visible entry.
    public interface Visitor {
        /// An entry of the layer with this number (0 is the lowest). `content` ends where the entry does. A path that
        /// stands twice in one layer comes twice: the later one counts.
        void visit(TarEntry entry, InputStream content, int layer) throws IOException;
    }

    private ImageFiles(TarLimits limits) {
        this.limits = limits;
    }

    /// Tells `visitor` of every entry that a container sees, the top layer's first.
    public static void visit(Image image, Visitor visitor) throws IOException {
        visit(image, TarLimits.STANDARD, visitor);
    }

    /// The same with limits for each layer.
    public static void visit(Image image, TarLimits limits, Visitor visitor) throws IOException {
        ImageFiles files = new ImageFiles(limits);
        for (int i = image.layers().size() - 1; i >= 0; i--) {
            files.layer(image.layers().get(i), i, visitor);
        }
    }

    private void layer(Layer layer, int number, Visitor visitor) throws IOException {
        LayerTar.read(layer, limits, (entry, tar) -> {
            String name = entry.name();
            if (name.equals(OPAQUE)) {
                mark(entry.parent(), CLOSED | DIRECTORY);
            } else if (name.startsWith(WHITEOUT)) {
                // aufs's own bookkeeping begins with the mark twice
                if (!name.startsWith(WHITEOUT, WHITEOUT.length())) {
                    String parent = entry.parent();
                    String hidden = name.substring(WHITEOUT.length());
                    mark(parent.isEmpty() ? hidden : parent + "/" + hidden, TAKEN | CLOSED);
                }
            } else if (isVisible(entry)) {
                visitor.visit(entry, tar.content(), number);
                mark(entry.path(), entry.isDirectory() ? TAKEN | DIRECTORY : TAKEN | CLOSED);
                markParents(entry.parent());
            }
        });
        directories.forEach(each -> above.merge(each, DIRECTORY, (a, b) -> a | b));
        directories.clear();
        for (int i = 0; i < paths.size(); i++) {
            above.merge(paths.get(i), marks.get(i), (a, b) -> a | b);
        }
        paths.clear();
        marks.clear();
    }

    /// Marks hold from the next lower layer on.
    private void mark(String path, int mark) {
        paths.add(path);
        marks.add(mark);
        checkRoom();
    }

    private void markParents(String parent) {
        String path = parent;
        while (!path.isEmpty() && directories.add(path)) {
            path = parentOf(path);
        }
        checkRoom();
    }

    private void checkRoom() {
        if (above.size() + paths.size() + directories.size() > MOST_PATHS) {
            throw new ArchiveException(ArchiveException.Code.LIMIT, "the image has more than " + MOST_PATHS + " paths");
        }
    }

    private boolean isVisible(TarEntry entry) {
        int own = above.getOrDefault(entry.path(), 0);
        if ((own & TAKEN) != 0 || ((own & DIRECTORY) != 0 && !entry.isDirectory())) {
            return false;
        }
        String path = entry.path();
        while (!path.isEmpty()) {
            path = parentOf(path);
            if ((above.getOrDefault(path, 0) & CLOSED) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
