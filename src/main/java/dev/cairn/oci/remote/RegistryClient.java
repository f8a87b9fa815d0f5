package dev.cairn.oci.remote;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Index;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Pulls from and pushes to registries (OCI distribution-spec 1.1), docker.io among them.
///
/// What comes is held against its digest: documents before they are returned, layers when [Blob#openChecked] is read to
/// its end; a manifest asked for by tag against the digest that the registry states. What goes is asked for first:
/// only blobs that are missing travel, and those that another repository of the same registry has, and that this
/// client knows of, are mounted. Failures that may pass are retried. Safe for use by several threads; nothing is
/// connected, and no HTTP client made, before the first request.
public final class RegistryClient {
    private static final int DEEPEST = 4;

    private final RegistryOptions options;
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
    private final Map<String, Transport> transports = new ConcurrentHashMap<>();
    private final MountSources mounts = new MountSources();

    /// A client of any number of registries.
    public RegistryClient(RegistryOptions options) {
        this.options = options;
    }

    private Repository repository(Reference reference) {
        return repositories.computeIfAbsent(reference.registry() + "/" + reference.repository(), key -> {
            Transport transport = transports.computeIfAbsent(
                    reference.registry(),
                    registry -> new Transport(Endpoint.of(registry, options.plainHttp()), options));
            return new Repository(transport, reference.repository(), options.listener(), mounts);
        });
    }

    /// What the reference names, or null where the registry has no such manifest. Nothing but a header travels.
    public @Nullable Descriptor find(Reference reference) throws IOException {
        return repository(reference).find(reference.identifier());
    }

    /// The manifest or index that the reference names: its bytes, checked, in memory.
    public Blob manifest(Reference reference) throws IOException {
        return repository(reference).manifest(reference.identifier());
    }

    /// The blob of this descriptor in the reference's repository. It travels when it is opened; a connection that
    /// breaks is taken up where it broke.
    public Blob blob(Reference reference, Descriptor descriptor) {
        return new RemoteBlob(repository(reference), descriptor, options);
    }

    /// The image for this platform.
    public Image image(Reference reference, Platform platform) throws IOException {
        Blob blob = manifest(reference);
        for (int depth = 0; MediaType.isIndex(blob.descriptor().mediaType()); depth++) {
            Index index = Index.parse(blob.readAll(Manifest.LONGEST), "index " + blob.digest());
            Descriptor found = depth < DEEPEST ? index.find(platform) : null;
            if (found == null) {
                throw new RegistryException(Code.NOT_FOUND, reference + ": has no image for " + platform);
            }
            blob = manifest(reference.withDigest(found.digest()));
        }
        return image(reference, blob);
    }

    /// The index with its images; null where the reference names a single image.
    public @Nullable ImageIndex index(Reference reference) throws IOException {
        Blob blob = manifest(reference);
        if (!MediaType.isIndex(blob.descriptor().mediaType())) {
            return null;
        }
        Index index = Index.parse(blob.readAll(Manifest.LONGEST), "index " + blob.digest());
        List<Image> images = new ArrayList<>();
        for (Descriptor each : index.manifests()) {
            // BuildKit lists attestations as manifests for the platform unknown/unknown.
            boolean attestation =
                    each.platform() != null && each.platform().os().equals("unknown");
            if (MediaType.isManifest(each.mediaType()) && !attestation) {
                images.add(image(reference, manifest(reference.withDigest(each.digest()))));
            }
        }
        return new ImageIndex(blob, index, images);
    }

    private Image image(Reference reference, Blob manifestBlob) throws IOException {
        if (!MediaType.isManifest(manifestBlob.descriptor().mediaType())) {
            throw new RegistryException(
                    Code.BAD_ANSWER,
                    reference + ": is '" + manifestBlob.descriptor().mediaType() + "', no image");
        }
        Manifest manifest = Manifest.parse(manifestBlob.readAll(Manifest.LONGEST), "manifest " + manifestBlob.digest());
        byte[] config = blob(reference, manifest.config()).readAll(ImageConfig.LONGEST);
        List<Blob> layers = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            layers.add(blob(reference, layer));
            mounts.add(reference.registry(), layer.digest(), reference.repository());
        }
        return Image.read(manifestBlob, manifest, config, layers);
    }

    /// All tags of the reference's repository, in the registry's order.
    public List<String> tags(Reference reference) throws IOException {
        return repository(reference).tags();
    }

    /// The manifests about the one with this digest: from the referrers API, else from the fallback tag.
    ///
    /// @param artifactType only those of this type; null for all
    public List<Descriptor> referrers(Reference reference, Digest subject, @Nullable String artifactType)
            throws IOException {
        return new Referrers(repository(reference)).list(subject, artifactType);
    }

    /// Says that a repository of the same registry has a blob, so that it need not travel when it is pushed elsewhere.
    public void mayMount(Reference from, Digest blob) {
        mounts.add(from.registry(), blob, from.repository());
    }

    /// Pushes an image under the reference's tag (or by its digest); the digest that it has there.
    public Digest push(Reference reference, Image image) throws IOException {
        pushParts(reference, image);
        pushManifest(reference, image.manifestBlob());
        return image.digest();
    }

    /// Pushes the images of an index, each by its digest, then the index under the reference's tag.
    public Digest push(Reference reference, ImageIndex index) throws IOException {
        for (Image image : index.images()) {
            pushParts(reference, image);
            pushManifest(reference.withDigest(image.digest()), image.manifestBlob());
        }
        pushManifest(reference, index.blob());
        return index.digest();
    }

    private void pushParts(Reference reference, Image image) throws IOException {
        List<Blob> parts = image.blobs();
        repository(reference).pushBlobs(parts.subList(0, parts.size() - 1));
    }

    /// Pushes a blob, where it is missing.
    public void pushBlob(Reference reference, Blob blob) throws IOException {
        repository(reference).pushBlobs(List.of(blob));
    }

    /// Pushes a manifest or index whose parts are there. One with a subject is listed in the fallback tag where the
    /// registry has no referrers API.
    public void pushManifest(Reference reference, Blob manifest) throws IOException {
        String digest = manifest.digest().toString();
        if (reference.digest() != null && !reference.digest().equals(manifest.digest())) {
            throw new RegistryException(Code.REFUSED, reference + ": cannot name a manifest whose digest is " + digest);
        }
        Repository repository = repository(reference);
        String tag = reference.tag();
        HttpResponse<InputStream> response = repository.putManifest(tag == null ? digest : tag, manifest);
        new Referrers(repository).record(manifest, Transport.header(response, "OCI-Subject"));
    }
}
