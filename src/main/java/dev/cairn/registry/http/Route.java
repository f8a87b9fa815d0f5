package dev.cairn.registry.http;

import org.jspecify.annotations.Nullable;

/// What an address below `/v2/` is about (OCI distribution-spec, "Endpoints"). Read from its end, since a repository's
/// name may have components such as `blobs` and `tags` itself.
sealed interface Route {
    /// The repository's name as it was sent.
    String repository();

    /// `/v2/<name>/manifests/<tag-or-digest>`
    record OfManifest(String repository, String reference) implements Route {}

    /// `/v2/<name>/blobs/<digest>`
    record OfBlob(String repository, String digest) implements Route {}

    /// `/v2/<name>/blobs/uploads/`
    record OfUploads(String repository) implements Route {}

    /// `/v2/<name>/blobs/uploads/<id>`
    record OfUpload(String repository, String id) implements Route {}

    /// `/v2/<name>/tags/list`
    record OfTags(String repository) implements Route {}

    /// `/v2/<name>/referrers/<digest>`
    record OfReferrers(String repository, String digest) implements Route {}

    /// The route of a path behind `/v2/`, or null.
    static @Nullable Route of(String path) {
        int last = path.lastIndexOf('/');
        int before = last <= 0 ? -1 : path.lastIndexOf('/', last - 1);
        if (before <= 0) {
            return null;
        }
        String name = path.substring(0, before);
        String end = path.substring(last + 1);
        return switch (path.substring(before + 1, last)) {
            case "manifests" -> new OfManifest(name, end);
            case "referrers" -> new OfReferrers(name, end);
            case "tags" -> end.equals("list") ? new OfTags(name) : null;
            case "blobs" -> end.equals("uploads") ? new OfUploads(name) : new OfBlob(name, end);
            case "uploads" -> upload(name, end);
            default -> null;
        };
    }

    private static @Nullable Route upload(String name, String id) {
        if (!name.endsWith("/blobs")) {
            return null;
        }
        String repository = name.substring(0, name.length() - "/blobs".length());
        return id.isEmpty() ? new OfUploads(repository) : new OfUpload(repository, id);
    }
}
