package dev.cairn.oci;

import dev.cairn.digest.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Names content by type, digest and size (OCI image-spec, descriptor.md).
///
/// @param mediaType the content's type
/// @param digest the content's digest
/// @param size the content's length in bytes
/// @param annotations free facts, sorted by key
/// @param platform what the content runs on; in an index only
/// @param artifactType the type of artifact that a manifest stands for
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        SortedMap<String, String> annotations,
        @Nullable Platform platform,
        @Nullable String artifactType) {

    public Descriptor {
        MediaType.checked(mediaType);
        if (size < 0) {
            throw new OciException(
                    OciException.Code.INVALID_DOCUMENT, "the size of " + digest + " is negative: " + size);
        }
        annotations = sorted(annotations);
    }

    /// A descriptor without annotations.
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Collections.emptySortedMap(), null, null);
    }

    /// The descriptor of these bytes.
    public static Descriptor of(String mediaType, byte[] content) {
        return of(mediaType, Digest.of(content), content.length);
    }

    /// This descriptor with these annotations instead of its own.
    public Descriptor withAnnotations(Map<String, String> replacements) {
        return new Descriptor(mediaType, digest, size, sorted(replacements), platform, artifactType);
    }

    /// This descriptor for this platform.
    public Descriptor withPlatform(@Nullable Platform replacement) {
        return new Descriptor(mediaType, digest, size, annotations, replacement, artifactType);
    }

    /// This descriptor with this artifact type.
    public Descriptor withArtifactType(@Nullable String replacement) {
        return new Descriptor(mediaType, digest, size, annotations, platform, replacement);
    }

    /// Reads a descriptor.
    public static Descriptor read(JsonObject json) {
        JsonObject platform = json.optionalObject("platform");
        try {
            return new Descriptor(
                    json.string("mediaType"),
                    Digest.parse(json.string("digest")),
                    json.integer("size"),
                    json.stringMap("annotations"),
                    platform == null ? null : Platform.read(platform),
                    json.optionalString("artifactType"));
        } catch (IllegalArgumentException e) {
            throw json.invalid("digest", e);
        }
    }

    static List<Descriptor> readAll(List<JsonObject> json) {
        List<Descriptor> descriptors = new ArrayList<>(json.size());
        for (JsonObject each : json) {
            descriptors.add(read(each));
        }
        return descriptors;
    }

    /// Writes the fields, in the specification's order, into the current object.
    public void writeTo(JsonWriter json) {
        json.string("mediaType", mediaType);
        json.string("digest", digest.toString());
        json.number("size", size);
        json.optionalMap("annotations", annotations);
        if (platform != null) {
            json.object("platform");
            platform.write(json);
            json.end();
        }
        json.optionalString("artifactType", artifactType);
    }

    static void writeAll(JsonWriter json, String name, List<Descriptor> descriptors) {
        json.array(name);
        for (Descriptor descriptor : descriptors) {
            json.object();
            descriptor.writeTo(json);
            json.end();
        }
        json.endArray();
    }

    static SortedMap<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
