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

    /// Reads an image's documents, whose bytes have been checked already.
    ///
    /// @param blobs where the layers are to be had
    public static Image read(Blob manifestBlob, byte[] manifest, byte[] config, BlobSource blobs) {
        String what = "manifest " + manifestBlob.digest();
        Manifest read = Manifest.parse(manifest, what);
        ImageConfig readConfig =
                ImageConfig.parse(config, "configuration " + read.config().digest());
        if (read.layers().size() != readConfig.diffIds().size()) {
            throw invalid(
                    manifestBlob,
                    read.layers().size() + " layers in the manifest, "
                            + readConfig.diffIds().size() + " in the configuration");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < read.layers().size(); i++) {
            Descriptor layer = read.layers().get(i);
            layers.add(new Layer(blobs.blob(layer), readConfig.diffIds().get(i)));
        }
        return new Image(manifestBlob, read, Blob.of(config, read.config()), readConfig, layers);
    }

    /// Where blobs are to be had: a layout, a registry.
    public interface BlobSource {
        /// The blob of this descriptor; whether it is there shows when it is opened.
        Blob blob(Descriptor descriptor);
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
