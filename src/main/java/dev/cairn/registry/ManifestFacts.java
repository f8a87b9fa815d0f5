package dev.cairn.registry;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Index;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What the registry has to know of a manifest that is pushed to it.
///
/// @param mediaType the type under which it is served
/// @param artifactType the type that referrers are filtered by: the manifest's own, else its configuration's media
/// type;
/// none for an index without one
/// @param subject the manifest that it is about
/// @param blobs the blobs that must be in the repository: configuration and layers without those that are not
/// distributable
/// @param children the manifests of an index, which may be missing
/// @param annotations its annotations
public record ManifestFacts(
        String mediaType,
        @Nullable String artifactType,
        @Nullable Digest subject,
        List<Digest> blobs,
        List<Digest> children,
        SortedMap<String, String> annotations) {
    private static final String WHAT = "the manifest";

    public ManifestFacts {
        blobs = List.copyOf(blobs);
        children = List.copyOf(children);
    }

    /// Reads a manifest that was sent with this `Content-Type`.
    ///
    /// @throws DistributionException `MANIFEST_INVALID`
    public static ManifestFacts read(byte[] bytes, @Nullable String contentType) {
        try {
            String type = type(bytes, contentType);
            if (MediaType.isIndex(type)) {
                return of(type, Index.parse(bytes, WHAT));
            }
            if (MediaType.isManifest(type)) {
                return of(type, Manifest.parse(bytes, WHAT));
            }
            throw invalid("'" + Shown.of(type) + "' is no media type of an image manifest or index");
        } catch (OciException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /// The header's type, else the document's own, else what it looks like; where both are given they must agree.
    private static String type(byte[] bytes, @Nullable String contentType) {
        JsonObject json = JsonObject.parse(bytes, WHAT, Manifest.LONGEST);
        String own = json.optionalString("mediaType");
        String sent = contentType == null ? "" : MediaType.ofHeader(contentType);
        if (sent.isEmpty() || sent.equals("application/json") || sent.equals("application/octet-stream")) {
            String guess = json.has("manifests") ? MediaType.INDEX : MediaType.MANIFEST;
            return own == null ? guess : own;
        }
        if (own != null && !own.equals(sent)) {
            throw invalid("Content-Type is '" + Shown.of(sent) + "', the manifest's mediaType '" + Shown.of(own) + "'");
        }
        return sent;
    }

    private static ManifestFacts of(String type, Index index) {
        List<Digest> children = new ArrayList<>();
        index.manifests().forEach(child -> children.add(child.digest()));
        return new ManifestFacts(
                type,
                nonEmpty(index.artifactType()),
                subject(index.subject()),
                List.of(),
                children,
                index.annotations());
    }

    private static ManifestFacts of(String type, Manifest manifest) {
        List<Digest> blobs = new ArrayList<>();
        blobs.add(manifest.config().digest());
        for (Descriptor layer : manifest.layers()) {
            if (isDistributable(layer.mediaType())) {
                blobs.add(layer.digest());
            }
        }
        String own = nonEmpty(manifest.artifactType());
        return new ManifestFacts(
                type,
                own == null ? manifest.config().mediaType() : own,
                subject(manifest.subject()),
                blobs,
                List.of(),
                manifest.annotations());
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable Digest subject(@Nullable Descriptor descriptor) {
        return descriptor == null ? null : descriptor.digest();
    }

    private static boolean isDistributable(String mediaType) {
        return !mediaType.contains(".nondistributable.") && !mediaType.contains(".foreign.");
    }

    private static DistributionException invalid(String message) {
        return new DistributionException(DistributionException.Code.MANIFEST_INVALID, message);
    }
}
