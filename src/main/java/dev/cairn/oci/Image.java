package dev.cairn.oci;

import dev.cairn.digest.Digest;
import dev.cairn.oci.OciException.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/// One image for one platform: its two documents, each with the very bytes that its digest is of, and its layers.
///
/// @param manifestBlob the manifest's bytes
/// @param manifest the manifest
/// @param configBlob the configuration's bytes
/// @param config the configuration
/// @param layers the layers, lowest first, as many as manifest and configuration name
public record Image(Blob manifestBlob, Manifest manifest, Blob configBlob, ImageConfig config, List<Layer> layers) {

    public Image {
        layers = List.copyOf(layers);
        if (!manifest.config().digest().equals(configBlob.digest())) {
            throw invalid(
                    manifestBlob,
                    "names the configuration " + manifest.config().digest() + ", not " + configBlob.digest());
        }
        if (manifest.layers().size() != layers.size() || config.diffIds().size() != layers.size()) {
            throw invalid(
                    manifestBlob,
                    manifest.layers().size() + " layers in the manifest, "
                            + config.diffIds().size() + " in the configuration, " + layers.size() + " given");
        }
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (!layer.blob().digest().equals(manifest.layers().get(i).digest())
                    || !layer.diffId().equals(config.diffIds().get(i))) {
                throw invalid(
                        manifestBlob,
                        "layer " + i + " is " + layer.blob().digest() + " (tar " + layer.diffId()
                                + "), not what the manifest and the configuration name");
            }
        }
    }

    /// Makes the manifest, with these annotations, for a configuration whose `diffIds` are those of the layers.
    public static Image of(ImageConfig config, List<Layer> layers, SortedMap<String, String> annotations) {
        Blob configBlob = Blob.of(config.toJson(), MediaType.CONFIG);
        List<Descriptor> descriptors = new ArrayList<>(layers.size());
        for (Layer layer : layers) {
            descriptors.add(layer.descriptor());
        }
        Manifest manifest = Manifest.of(configBlob.descriptor(), descriptors, annotations);
        return new Image(Blob.of(manifest.toJson(), MediaType.MANIFEST), manifest, configBlob, config, layers);
    }

    /// The same without annotations.
    public static Image of(ImageConfig config, List<Layer> layers) {
        return of(config, layers, Collections.emptySortedMap());
    }

    /// Puts together an image that was read.
    ///
    /// @param manifestBlob the manifest's bytes, of which `manifest` was read
    /// @param configBytes the configuration's bytes, whose digest has been checked
    /// @param layerBlobs the layers that the manifest names, in its order
    public static Image read(Blob manifestBlob, Manifest manifest, byte[] configBytes, List<Blob> layerBlobs) {
        ImageConfig config = ImageConfig.parse(
                configBytes, "configuration " + manifest.config().digest());
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < Math.min(layerBlobs.size(), config.diffIds().size()); i++) {
            layers.add(new Layer(layerBlobs.get(i), config.diffIds().get(i)));
        }
        return new Image(manifestBlob, manifest, Blob.of(configBytes, manifest.config()), config, layers);
    }

    private static OciException invalid(Blob manifest, String problem) {
        return new OciException(Code.INVALID_DOCUMENT, "manifest " + manifest.digest() + ": " + problem);
    }

    /// The image's digest: that of its manifest.
    public Digest digest() {
        return manifestBlob.digest();
    }

    /// What an index says of the image.
    public Descriptor descriptor() {
        return Descriptor.of(manifest.mediaType(), manifestBlob.digest(), manifestBlob.size())
                .withPlatform(config.platform());
    }

    /// Every blob that the image is made of, the layers first and the manifest last, each once.
    public List<Blob> blobs() {
        List<Blob> blobs = new ArrayList<>(layers.size() + 2);
        Set<Digest> seen = new HashSet<>();
        for (Layer layer : layers) {
            if (seen.add(layer.blob().digest())) {
                blobs.add(layer.blob());
            }
        }
        blobs.add(configBlob);
        blobs.add(manifestBlob);
        return blobs;
    }

    /// The bytes that are stored for the layers, compressed.
    public long compressedSize() {
        long size = 0;
        for (Layer layer : layers) {
            size += layer.blob().size();
        }
        return size;
    }
}
