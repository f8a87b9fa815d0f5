package dev.cairn.image.layer;

import dev.cairn.archive.DeflateSegment;
import dev.cairn.digest.Digest;
import dev.cairn.fetch.ContentStore;
import dev.cairn.fetch.RecordStore;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Layer;
import dev.cairn.oci.MediaType;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The layers and package facts that this machine knows. A package becomes a layer once; from then on the layer's
/// digest, its facts and its bytes are looked up. Everything kept is checked by digest when it is used; what is damaged
/// or gone is made again from the package file.
public final class LayerStore {
    private static final String FACTS =
            "facts-" + FactsCodec.VERSION + "-" + Transcoder.VERSION + "-" + DeflateSegment.FORMAT;
    private static final String FILES = "files-" + FactsCodec.VERSION + "-" + Transcoder.VERSION;
    private static final String GROUPS = "group-" + Transcoder.VERSION + "-" + DeflateSegment.FORMAT;
    private static final String PLACES = "place-1";
    private static final String PIECES = "piece-" + DeflateSegment.FORMAT;

    private final ContentStore blobs;
    private final RecordStore records;

    /// A store over these two.
    public LayerStore(ContentStore blobs, RecordStore records) {
        this.blobs = blobs;
        this.records = records;
    }

    /// The facts of a package, made from its file when they are not known or its layer is gone.
    public PackageFacts facts(ResolvedPackage wanted, PackageFile file, PathRewrite rewrite) throws IOException {
        Digest key = key(file.digest(), rewrite);
        FileList files = new FileList(() -> files(key, wanted, file, rewrite));
        Optional<PackageFacts> kept = kept(FACTS, key, in -> FactsCodec.decode(in, files));
        if (kept.isPresent() && blobs.find(kept.get().layer().container()).isPresent()) {
            return kept.get();
        }
        return FactsCodec.decode(new Decoder(FactsCodec.encode(ingest(key, wanted, file, rewrite))), files);
    }

    private byte[] files(Digest key, ResolvedPackage wanted, PackageFile file, PathRewrite rewrite) throws IOException {
        Optional<byte[]> kept = records.read(FILES, key);
        return kept.isPresent()
                ? kept.get()
                : ingest(key, wanted, file, rewrite).files().encoded();
    }

    private PackageFacts ingest(Digest key, ResolvedPackage wanted, PackageFile file, PathRewrite rewrite)
            throws IOException {
        PackageFacts made = new Ingest(blobs).ingest(wanted, file, rewrite);
        records.write(FILES, key, made.files().encoded());
        records.write(FACTS, key, FactsCodec.encode(made));
        recordPlace(made.layer());
        return made;
    }

    /// A layer that is a part of a package file can't be found by its digest otherwise.
    private void recordPlace(StoredLayer layer) throws IOException {
        if (!layer.container().equals(layer.digest())) {
            Encoder out = new Encoder();
            FactsCodec.layer(out, layer);
            records.write(PLACES, layer.digest(), out.toByteArray());
        }
    }

    /// Where a layer's bytes lie: a file, and where in it they begin.
    public record Place(Path file, long offset) {}

    /// Where the bytes of the layer with this digest lie, if this machine has them: in a file of their own, or in a
    /// package file.
    public Optional<Place> find(Digest layer) throws IOException {
        Optional<Path> own = blobs.find(layer);
        if (own.isPresent()) {
            return Optional.of(new Place(own.get(), 0));
        }
        Optional<StoredLayer> part = kept(PLACES, layer, FactsCodec::layer);
        if (part.isEmpty()) {
            return Optional.empty();
        }
        return blobs.find(part.get().container())
                .map(container -> new Place(container, part.get().offset()));
    }

    /// Several packages as one layer: their directories first, then each package's files as they were compressed once.
    public StoredLayer group(List<PackageFacts> packages) throws IOException {
        StringBuilder names = new StringBuilder();
        packages.forEach(each -> names.append(each.layer().digest()).append('\n'));
        Digest key = Digest.of(names.toString().getBytes(StandardCharsets.UTF_8));
        Optional<StoredLayer> kept = kept(GROUPS, key, FactsCodec::layer);
        if (kept.isPresent() && blobs.find(kept.get().container()).isPresent()) {
            return kept.get();
        }
        StoredLayer made = new GroupLayer(this, blobs, records).compose(packages);
        Encoder out = new Encoder();
        FactsCodec.layer(out, made);
        records.write(GROUPS, key, out.toByteArray());
        return made;
    }

    /// Bytes for the top layer, compressed once.
    public Piece piece(byte[] plain) throws IOException {
        if (plain.length < Piece.WORTH_IT) {
            return Piece.of(plain);
        }
        Digest key = Digest.of(plain);
        Optional<Piece> kept = kept(PIECES, key, Piece::decode);
        if (kept.isPresent()) {
            return kept.get();
        }
        Piece made = Piece.of(plain);
        Encoder out = new Encoder();
        made.encode(out);
        records.write(PIECES, key, out.toByteArray());
        return made;
    }

    /// The layer as an image takes it; its bytes stay where they are until something reads them.
    public Layer layer(StoredLayer stored) throws IOException {
        Path container = blobs.find(stored.container()).orElseThrow(() -> gone(stored));
        Descriptor descriptor = Descriptor.of(MediaType.LAYER_GZIP, stored.digest(), stored.size());
        return new Layer(Blob.range(container, stored.offset(), stored.size(), descriptor), stored.diffId());
    }

    /// What was kept, unless it can't be read: then it is made again like what is not there.
    private <T> Optional<T> kept(String kind, Digest key, Function<Decoder, T> decode) throws IOException {
        Optional<byte[]> bytes = records.read(kind, key);
        try {
            return bytes.map(each -> decode.apply(new Decoder(each)));
        } catch (LayerException e) {
            return Optional.empty();
        }
    }

    private static LayerException gone(StoredLayer stored) {
        return new LayerException(
                LayerException.Code.CACHE,
                "layer " + stored.digest() + " is no longer in the cache\ntry: the same command once more");
    }

    private static Digest key(Digest file, PathRewrite rewrite) {
        return Digest.of((file + " " + rewrite.id()).getBytes(StandardCharsets.UTF_8));
    }
}
