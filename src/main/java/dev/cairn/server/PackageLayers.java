package dev.cairn.server;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.image.layer.LayerStore;
import dev.cairn.registry.PackageStore;
import java.io.IOException;
import java.util.Optional;

/// The layers that builds on this machine have left in the cache: packages, and what was made of them.
public final class PackageLayers implements PackageStore {
    private final LayerStore layers;

    /// Layers in this cache.
    public PackageLayers(CacheDirectory cache) {
        this.layers = new LayerStore(cache.content(), cache.records());
    }

    @Override
    public Optional<Place> find(Digest digest, long size) throws IOException {
        return layers.find(digest).map(place -> new Place(place.file(), place.offset()));
    }
}
