package dev.cairn.oci.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Index;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a layout will hold: its blobs, each once, documents before layers, and the two files that name them.
final class LayoutContents {
    private final List<Descriptor> manifests = new ArrayList<>();
    private final Map<Digest, Blob> documents = new LinkedHashMap<>();
    private final Map<Digest, Blob> layers = new LinkedHashMap<>();
    private final List<byte[]> dockerImages = new ArrayList<>();

    void add(Image image, List<Reference> names) {
        addNamed(image.descriptor(), names);
        addBlobs(image);
        addDockerImage(image, names);
    }

    void add(ImageIndex index, List<Reference> names) {
        addNamed(
                Descriptor.of(
                        index.index().mediaType(), index.digest(), index.blob().size()),
                names);
        documents.putIfAbsent(index.digest(), index.blob());
        for (Image image : index.images()) {
            addBlobs(image);
        }
        if (!index.images().isEmpty()) {
            // A name in a docker archive is one image: the index's first.
            addDockerImage(index.images().getFirst(), names);
        }
    }

    private void addNamed(Descriptor descriptor, List<Reference> names) {
        if (names.isEmpty()) {
            manifests.add(descriptor);
        }
        for (Reference name : names) {
            Map<String, String> annotations = new TreeMap<>(descriptor.annotations());
            annotations.put(LayoutNames.CONTAINERD_NAME, name.toString());
            if (name.tag() != null) {
                annotations.put(LayoutNames.REF_NAME, name.tag());
            }
            manifests.add(descriptor.withAnnotations(annotations));
        }
    }

    private void addBlobs(Image image) {
        documents.putIfAbsent(image.digest(), image.manifestBlob());
        documents.putIfAbsent(image.configBlob().digest(), image.configBlob());
        image.layers().forEach(layer -> layers.putIfAbsent(layer.blob().digest(), layer.blob()));
    }

    private void addDockerImage(Image image, List<Reference> names) {
        JsonWriter json = new JsonWriter();
        json.string("Config", LayoutNames.blobPath(image.configBlob().digest()));
        List<String> tags = new ArrayList<>();
        for (Reference name : names) {
            if (name.tag() != null) {
                tags.add(name.withTag(name.tag()).toString());
            }
        }
        json.strings("RepoTags", tags);
        List<String> paths = new ArrayList<>();
        image.layers()
                .forEach(layer -> paths.add(LayoutNames.blobPath(layer.blob().digest())));
        json.strings("Layers", paths);
        dockerImages.add(json.finish());
    }

    /// `index.json`.
    byte[] indexJson() {
        return Index.of(manifests).toJson();
    }

    /// Docker's `manifest.json`: an array of images.
    byte[] dockerManifestJson() {
        StringBuilder array = new StringBuilder("[");
        for (byte[] image : dockerImages) {
            array.append(array.length() > 1 ? "," : "").append(new String(image, UTF_8));
        }
        return array.append(']').toString().getBytes(UTF_8);
    }

    /// Every blob once: the documents, then the layers.
    List<Blob> blobs() {
        Map<Digest, Blob> all = new LinkedHashMap<>(documents);
        layers.forEach(all::putIfAbsent);
        return List.copyOf(all.values());
    }
}
