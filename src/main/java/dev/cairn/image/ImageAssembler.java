package dev.cairn.image;

import dev.cairn.archive.TarEntry;
import dev.cairn.fetch.ContentStore;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.layer.LayerStore;
import dev.cairn.image.layer.Piece;
import dev.cairn.image.layer.StoredLayer;
import dev.cairn.inspect.ImageTraits;
import dev.cairn.oci.Image;
import dev.cairn.oci.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Puts an image together from packages that are layers already: chooses which share a layer, generates the top
/// layer, writes configuration and manifest. No package is read on the way, unless the definition changes a
/// package's file.
public final class ImageAssembler {
    /// How many layers an image has at most, unless the definition says otherwise.
    public static final int DEFAULT_BUDGET = 60;

    private final LayerStore layers;
    private final ContentStore blobs;
    private final DistributionFiles.Keys keys;

    /// An assembler that keeps what it makes in these stores.
    public ImageAssembler(LayerStore layers, ContentStore blobs, DistributionFiles.Keys keys) {
        this.layers = layers;
        this.blobs = blobs;
        this.keys = keys;
    }

    /// The image of a selection.
    public AssembledImage assemble(Definition definition, Selection selection) throws IOException {
        MergedView view = new MergedView(selection.packages());
        int budget = definition.budget().orElse(DEFAULT_BUDGET);
        Composition composition = Composition.of(selection.packages(), view, budget);
        ImageTree tree = new ImageTree(view, new TopTree(this::piece));
        List<String> warnings = fill(tree, composition, definition, selection);
        List<StoredLayer> stored = new ArrayList<>();
        composition.own().forEach(each -> stored.add(each.facts().layer()));
        if (!composition.grouped().isEmpty()) {
            stored.add(layers.group(
                    composition.grouped().stream().map(InstalledPackage::facts).toList()));
        }
        stored.add(new TopLayerWriter(blobs).write(tree.top()));
        List<Layer> all = new ArrayList<>(stored.size());
        for (StoredLayer each : stored) {
            all.add(layers.layer(each));
        }
        Image image = new ImageDocuments(definition, selection).image(all, composition);
        return new AssembledImage(
                image,
                selection,
                stored,
                composition,
                ImageTraits.of(path -> tree.view().has(path) || tree.top().find(path) != null),
                topFiles(tree.top()),
                warnings);
    }

    private Piece piece(byte[] plain) {
        try {
            return layers.piece(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fills the top layer; what a person should know of the result.
    private List<String> fill(ImageTree tree, Composition composition, Definition definition, Selection selection)
            throws IOException {
        Captured captured = new Captured(selection.packages());
        FileContents contents = new FileContents(layers, this::piece);
        BaseDirectories.write(tree);
        DistributionFiles.of(selection, definition, keys).write(tree, captured);
        OsRelease.write(tree.top(), tree.view(), captured, selection.packages(), definition.osRelease());
        CaBundle.write(tree.top(), captured, definition);
        JavaTrust.write(
                tree,
                CaBundle.parts(captured, definition),
                !definition.certificates().isEmpty());
        new AccountFiles(definition.accounts(), captured).write(tree.top(), tree.view());
        for (MergedView.Owned winner : composition.copied()) {
            tree.top().put(contents.copy(winner, "the file of " + winner.owner() + " wins over another package's"));
        }
        new DefinedPaths(tree, contents).apply(definition);
        Linkage linkage = new Linkage(tree, selection.packages());
        LoaderCache.write(tree, captured, linkage);
        restateDirectories(tree);
        // What resolving brought in and a file needs was kept; the rest is optional to the distribution itself.
        boolean complete = selection.omissions().stream().noneMatch(Omission::isAskedFor);
        List<String> warnings = new ArrayList<>(complete ? linkage.missingForOwnFiles() : linkage.missing());
        StartCommand.missing(definition, tree).ifPresent(warnings::add);
        return warnings;
    }

    /// Restates directories on which packages differ, since an upper layer's entry would win, and the parents of all
    /// that the top layer holds: Docker makes a parent that a layer lacks with mode 0600.
    private static void restateDirectories(ImageTree tree) {
        for (Map.Entry<String, List<MergedView.Owned>> each :
                tree.view().directories().entrySet()) {
            if (tree.top().find(each.getKey()) == null && differ(each.getValue())) {
                restate(tree, each.getKey(), "packages differ on it");
            }
        }
        for (TopTree.Entry entry : List.copyOf(tree.top().entries())) {
            for (String parent = entry.tar().parent(); !parent.isEmpty(); parent = parentOf(parent)) {
                if (tree.top().find(parent) == null) {
                    restate(tree, parent, "holds other files of this layer");
                }
            }
        }
    }

    private static boolean differ(List<MergedView.Owned> owners) {
        MergedView.Owned first = owners.getFirst();
        for (MergedView.Owned each : owners) {
            if (!each.fact().sameAs(first.fact())) {
                return true;
            }
        }
        return false;
    }

    private static void restate(ImageTree tree, String path, String reason) {
        TarEntry directory = tree.attributes(path);
        tree.top().directory(path, directory.mode(), directory.uid(), directory.gid(), reason);
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static List<AssembledImage.TopFile> topFiles(TopTree top) {
        return top.entries().stream()
                .map(each ->
                        new AssembledImage.TopFile(each.tar().path(), each.tar().size(), each.reason()))
                .toList();
    }
}
