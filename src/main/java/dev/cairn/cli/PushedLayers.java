package dev.cairn.cli;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.RecordStore;
import dev.cairn.oci.Image;
import dev.cairn.oci.Layer;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Remembers into which repository of a registry a layer went last, so that the registry can take it over from there
/// when another image with the same package is pushed elsewhere. A memory that is wrong costs nothing: the registry
/// then asks for the bytes.
final class PushedLayers {
    private static final String KIND = "pushed-1";

    private final RecordStore records;

    PushedLayers(RecordStore records) {
        this.records = records;
    }

    /// Tells the client what is known of the layers of these images.
    void tell(RegistryClient client, Reference to, List<Image> images) throws IOException {
        for (Image image : images) {
            for (Layer layer : image.layers()) {
                Optional<byte[]> known =
                        records.read(KIND, key(to, layer.descriptor().digest()));
                if (known.isPresent()) {
                    String repository = new String(known.get(), StandardCharsets.UTF_8);
                    client.mayMount(
                            Reference.parse(to.registry() + "/" + repository),
                            layer.descriptor().digest());
                }
            }
        }
    }

    /// Notes that all layers of these images are in this repository.
    void note(Reference in, List<Image> images) throws IOException {
        byte[] repository = in.repository().getBytes(StandardCharsets.UTF_8);
        for (Image image : images) {
            for (Layer layer : image.layers()) {
                Digest key = key(in, layer.descriptor().digest());
                Optional<byte[]> known = records.read(KIND, key);
                if (known.isEmpty() || !Arrays.equals(known.get(), repository)) {
                    records.write(KIND, key, repository);
                }
            }
        }
    }

    private static Digest key(Reference reference, Digest layer) {
        return Digest.of((reference.registry() + " " + layer).getBytes(StandardCharsets.UTF_8));
    }
}
