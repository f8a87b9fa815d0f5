package dev.cairn.oci;

import dev.cairn.oci.OciException.Code;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A list of manifests, as a rule one for each platform (OCI image-spec, image-index.md; Docker's manifest list reads
/// the same).
///
/// @param mediaType the document's own type
/// @param artifactType what it is, where it is no image
/// @param manifests the manifests, and indexes in it, in the document's order
/// @param subject the manifest that this index is about
/// @param annotations free facts, sorted by key
public record Index(
        String mediaType,
        @Nullable String artifactType,
        List<Descriptor> manifests,
        @Nullable Descriptor subject,
        SortedMap<String, String> annotations) {

    public Index {
        if (!MediaType.isIndex(mediaType)) {
            throw new OciException(Code.INVALID_DOCUMENT, "'" + mediaType + "' is no index's media type");
        }
        manifests = List.copyOf(manifests);
        annotations = Descriptor.sorted(annotations);
    }

    /// An OCI image index.
    public static Index of(List<Descriptor> manifests, SortedMap<String, String> annotations) {
        return new Index(MediaType.INDEX, null, manifests, null, annotations);
    }

    /// An OCI image index without annotations.
    public static Index of(List<Descriptor> manifests) {
        return of(manifests, Collections.emptySortedMap());
    }

    /// Reads an index; `what` names it in messages.
    public static Index parse(byte[] bytes, String what) {
        JsonObject json = JsonObject.parse(bytes, what, Manifest.LONGEST);
        Manifest.requireVersion2(json, what);
        if (json.has("layers") || json.has("config")) {
            // One document must not be an index to one reader and a manifest to another.
            throw new OciException(Code.INVALID_DOCUMENT, what + ": an index with the keys of a manifest");
        }
        JsonObject subject = json.optionalObject("subject");
        String mediaType = json.optionalString("mediaType");
        return new Index(
                mediaType == null ? MediaType.INDEX : mediaType,
                json.optionalString("artifactType"),
                Descriptor.readAll(json.objects("manifests")),
                subject == null ? null : Descriptor.read(subject),
                json.stringMap("annotations"));
    }

    /// The first manifest for this platform, or none. A descriptor without a platform is not taken.
    public @Nullable Descriptor find(Platform platform) {
        for (Descriptor manifest : manifests) {
            if (manifest.platform() != null && platform.accepts(manifest.platform())) {
                return manifest;
            }
        }
        return null;
    }

    /// The document as compact JSON: the same bytes for the same value.
    public byte[] toJson() {
        JsonWriter json = new JsonWriter();
        json.number("schemaVersion", 2);
        json.string("mediaType", mediaType);
        json.optionalString("artifactType", artifactType);
        Descriptor.writeAll(json, "manifests", manifests);
        if (subject != null) {
            json.object("subject");
            subject.writeTo(json);
            json.end();
        }
        json.optionalMap("annotations", annotations);
        return json.finish();
    }
}
