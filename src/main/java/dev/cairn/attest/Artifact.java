package dev.cairn.attest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A document that a registry keeps beside an image: a manifest with one layer, the document, and with the image as its
/// subject (OCI image-spec 1.1, "Guidelines for Artifact Usage").
///
/// @param manifest the manifest
/// @param document the document
public record Artifact(Blob manifest, Blob document) {
    private static final Blob NOTHING = Blob.of("{}".getBytes(UTF_8), MediaType.EMPTY);

    /// The artifact of a document; equal ones have equal digests.
    ///
    /// @param mediaType the document's media type, and the artifact's type
    /// @param subject what it is about
    /// @param annotations facts by which it is found without reading it
    public static Artifact of(String mediaType, byte[] document, Descriptor subject, Map<String, String> annotations) {
        Blob blob = Blob.of(document, mediaType);
        Manifest manifest = new Manifest(
                MediaType.MANIFEST,
                mediaType,
                NOTHING.descriptor(),
                List.of(blob.descriptor()),
                Descriptor.of(subject.mediaType(), subject.digest(), subject.size()),
                new TreeMap<>(annotations));
        return new Artifact(Blob.of(manifest.toJson(), MediaType.MANIFEST), blob);
    }

    /// Pushes it, by its digest, into the reference's repository; where the registry lists no referrers itself, into
    /// the fallback tag as well.
    public void push(RegistryClient client, Reference reference) throws IOException {
        client.pushBlob(reference, NOTHING);
        client.pushBlob(reference, document);
        client.pushManifest(reference.withDigest(manifest.digest()), manifest);
    }
}
