package dev.cairn.oci;

import dev.cairn.oci.OciException.Code;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// An image's manifest: its configuration and its layers, lowest first (OCI image-spec, manifest.md; Docker's image
/// manifest version 2 schema 2 reads the same).
///
/// @param mediaType the document's own type
/// @param artifactType what it is, where it is no image
/// @param config the configuration
/// @param layers the layers, lowest first
/// @param subject the manifest that this one is about
/// @param annotations free facts, sorted by key
public record Manifest(
        String mediaType,
        @Nullable String artifactType,
        Descriptor config,
        List<Descriptor> layers,
        @Nullable Descriptor subject,
        SortedMap<String, String> annotations) {
    /// The longest manifest or index that Cairn reads, in bytes: what registries have to take.
    public static final int LONGEST = 4 << 20;

    public Manifest {
        if (!MediaType.isManifest(mediaType)) {
            throw new OciException(Code.INVALID_DOCUMENT, "'" + mediaType + "' is no manifest's media type");
        }
        layers = List.copyOf(layers);
        annotations = Descriptor.sorted(annotations);
    }

    /// An OCI image manifest.
    public static Manifest of(Descriptor config, List<Descriptor> layers, SortedMap<String, String> annotations) {
        return new Manifest(MediaType.MANIFEST, null, config, layers, null, annotations);
    }

    /// An OCI image manifest without annotations.
    public static Manifest of(Descriptor config, List<Descriptor> layers) {
        return of(config, layers, Collections.emptySortedMap());
    }

    /// Reads a manifest; `what` names it in messages.
    public static Manifest parse(byte[] bytes, String what) {
        JsonObject json = JsonObject.parse(bytes, what, LONGEST);
        requireVersion2(json, what);
        if (json.has("manifests")) {
            // One document must not be a manifest to one reader and an index to another.
            throw new OciException(Code.INVALID_DOCUMENT, what + ": a manifest with the key 'manifests' of an index");
        }
        JsonObject subject = json.optionalObject("subject");
        String mediaType = json.optionalString("mediaType");
        return new Manifest(
                mediaType == null ? MediaType.MANIFEST : mediaType,
                json.optionalString("artifactType"),
                Descriptor.read(json.object("config")),
                Descriptor.readAll(json.objects("layers")),
                subject == null ? null : Descriptor.read(subject),
                json.stringMap("annotations"));
    }

    static void requireVersion2(JsonObject json, String what) {
        long version = json.integer("schemaVersion");
        if (version != 2) {
            throw new OciException(
                    Code.INVALID_DOCUMENT, what + ": schemaVersion " + version + ", only version 2 is read");
        }
    }

    /// The document as compact JSON: the same bytes for the same value.
    public byte[] toJson() {
        JsonWriter json = new JsonWriter();
        json.number("schemaVersion", 2);
        json.string("mediaType", mediaType);
        json.optionalString("artifactType", artifactType);
        json.object("config");
        config.writeTo(json);
        json.end();
        Descriptor.writeAll(json, "layers", layers);
        if (subject != null) {
            json.object("subject");
            subject.writeTo(json);
            json.end();
        }
        json.optionalMap("annotations", annotations);
        return json.finish();
    }
}
