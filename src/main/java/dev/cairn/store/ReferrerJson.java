package dev.cairn.store;

import dev.cairn.oci.Descriptor;
import dev.cairn.oci.JsonWriter;
import dev.cairn.registry.ManifestFacts;
import dev.cairn.registry.StoredManifest;
import java.nio.charset.StandardCharsets;

/// A manifest's descriptor as the referrers API lists it (OCI distribution-spec, "Listing Referrers").
final class ReferrerJson {
    private ReferrerJson() {}

    static String of(StoredManifest manifest, ManifestFacts facts) {
        JsonWriter json = new JsonWriter();
        Descriptor.of(facts.mediaType(), manifest.digest(), manifest.bytes().length)
                .withAnnotations(facts.annotations())
                .withArtifactType(facts.artifactType())
                .writeTo(json);
        return new String(json.finish(), StandardCharsets.UTF_8);
    }
}
