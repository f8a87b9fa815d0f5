package dev.cairn.sbom;

import dev.cairn.digest.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small texts of documents that need not be well-formed: what can't be read counts as absent.
final class Texts {
    private Texts() {}

    static String of(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// A path that begins with `/`.
    static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Digest digest(String text) {
        try {
            return Digest.parse(text.substring(text.indexOf('@') + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// A subject's digest: its version (Syft, ours), its package URL's, or what Trivy notes.
    static @Nullable Digest digest(String version, @Nullable PackageUrl purl, Map<String, String> properties) {
        Digest found = digest(version);
        if (found == null && purl != null && purl.type().equals("oci")) {
            found = digest(of(purl.version()));
        }
        return found == null ? digest(properties.getOrDefault("aquasecurity:trivy:RepoDigest", "")) : found;
    }
}
