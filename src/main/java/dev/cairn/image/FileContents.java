package dev.cairn.image;

import dev.cairn.archive.Decompressor;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.image.layer.FileFact;
import dev.cairn.image.layer.LayerStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Takes single files out of packages' layers, for the top layer. The rare and slow way: a layer is read from its
/// start.
final class FileContents {
    /// A file above this size is not copied to the top layer: it would be held in memory.
    private static final long LARGEST = 64 << 20;

    private final LayerStore layers;
    private final TopTree.LayerPieces pieces;

    FileContents(LayerStore layers, TopTree.LayerPieces pieces) {
        this.layers = layers;
        this.pieces = pieces;
    }

    /// A package's file or link as an entry of the top layer.
    TopTree.Entry copy(MergedView.Owned owned, String reason) throws IOException {
        FileFact fact = owned.fact();
        return switch (fact.type()) {
            case FILE -> {
                TarEntry entry =
                        TarEntry.file(fact.path(), fact.mode(), fact.size()).withOwner(fact.uid(), fact.gid());
                yield new TopTree.Entry(entry, List.of(pieces.of(read(owned))), reason);
            }
            case SYMLINK -> new TopTree.Entry(TarEntry.symlink(fact.path(), fact.link()), List.of(), reason);
            case HARDLINK, DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                throw new ImageException(
                        ImageException.Code.UNSUPPORTED,
                        "/" + fact.path() + " of " + owned.owner() + " is a " + fact.type()
                                + ", which can't be copied to the top layer");
        };
    }

    private byte[] read(MergedView.Owned owned) throws IOException {
        if (owned.fact().size() > LARGEST) {
            throw new ImageException(
                    ImageException.Code.UNSUPPORTED,
                    "/" + owned.fact().path() + " of " + owned.owner() + " is too large to be changed: "
                            + owned.fact().size() + " bytes, at most " + LARGEST);
        }
        try (InputStream in = Decompressor.open(
                layers.layer(owned.owner().facts().layer()).blob().open())) {
            TarReader reader = new TarReader(in, TarLimits.STANDARD);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.path().equals(owned.fact().path())) {
                    return reader.content().readAllBytes();
                }
            }
        }
        throw new ImageException(
                ImageException.Code.MISSING_FILE,
                "/" + owned.fact().path() + " is not in the layer of " + owned.owner());
    }
}
