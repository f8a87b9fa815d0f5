package dev.cairn.oci.remote;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Index;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The manifests about a manifest (OCI distribution-spec, "Listing Referrers" and "Referrers Tag Schema").
final class Referrers {
    private final Repository repository;

    Referrers(Repository repository) {
        this.repository = repository;
    }

    private static String fallbackTag(Digest subject) {
        String tag = subject.algorithm().id() + "-" + subject.hex();
        return tag.substring(0, Math.min(tag.length(), 71));
    }

    List<Descriptor> list(Digest subject, @Nullable String artifactType) throws IOException {
        List<Descriptor> all = repository.referrers(subject);
        if (all == null) {
            all = tagged(subject);
        }
        List<Descriptor> wanted = new ArrayList<>();
        for (Descriptor referrer : all) {
            if (artifactType == null || artifactType.equals(referrer.artifactType())) {
                wanted.add(referrer);
            }
        }
        return wanted;
    }

    private List<Descriptor> tagged(Digest subject) throws IOException {
        try {
            Blob index = repository.manifest(fallbackTag(subject));
            return Index.parse(index.readAll(Manifest.LONGEST), "referrers of " + subject)
                    .manifests();
        } catch (RegistryException e) {
            if (e.code() == Code.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /// After a push: lists the manifest in its subject's fallback tag, where the registry did not say that it does so
    /// itself.
    void record(Blob pushed, @Nullable String confirmedSubject) throws IOException {
        if (confirmedSubject != null
                || !MediaType.isManifest(pushed.descriptor().mediaType())) {
            return;
        }
        Manifest manifest = Manifest.parse(pushed.readAll(Manifest.LONGEST), "manifest " + pushed.digest());
        if (manifest.subject() == null) {
            return;
        }
        Digest subject = manifest.subject().digest();
        String type = manifest.artifactType();
        Descriptor entry = pushed.descriptor()
                .withArtifactType(type == null ? manifest.config().mediaType() : type)
                .withAnnotations(manifest.annotations());
        List<Descriptor> all = new ArrayList<>(tagged(subject));
        for (Descriptor listed : all) {
            if (listed.digest().equals(entry.digest())) {
                return;
            }
        }
        all.add(entry);
        repository.putManifest(fallbackTag(subject), Blob.of(Index.of(all).toJson(), MediaType.INDEX));
    }
}
