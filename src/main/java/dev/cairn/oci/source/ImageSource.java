package dev.cairn.oci.source;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.oci.remote.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An image, or an index of images for several platforms, wherever it is. A text names it:
///
/// - a path to an OCI layout (folder or tar) or to a docker archive, which `:TAG` may follow where it holds several;
/// - a reference that begins with its registry: `localhost:5000/redis:7`, `docker.io/library/redis@sha256:…`;
/// - either with skopeo's prefix: `oci:`, `oci-archive:`, `docker-archive:`, `docker://`.
///
/// A lone word is a path only: a mistyped path must not become a name on Docker Hub. Opening reads the documents
/// that say which platforms there are; layers stay where they are until they are opened. What is malformed is the
/// exception of the room that reads it ([OciException], [dev.cairn.oci.layout.LayoutException],
/// [dev.cairn.oci.remote.RegistryException]).
public final class ImageSource {
    private static final List<String> PATH_PREFIXES = List.of("oci:", "oci-archive:", "docker-archive:");
    private static final String REGISTRY_PREFIX = "docker://";

    private final String name;
    private final @Nullable ImageIndex index;
    private final List<Image> images;
    private final Optional<Reference> reference;
    private final Optional<Path> path;

    private ImageSource(String name, @Nullable ImageIndex index, List<Image> images, Place place) {
        this.name = name;
        this.index = index;
        this.images = List.copyOf(images);
        this.path = place instanceof Local local ? Optional.of(local.path) : Optional.empty();
        this.reference = place instanceof Remote remote ? Optional.of(remote.reference) : Optional.empty();
    }

    private sealed interface Place {}

    private record Local(Path path, @Nullable String tag) implements Place {}

    private record Remote(Reference reference) implements Place {}

    /// Opens what the text names.
    ///
    /// @param client makes the registry client where one is needed; empty when the network is off limits
    /// @throws SourceException when the text names nothing
    public static ImageSource open(String text, Optional<Supplier<RegistryClient>> client) throws IOException {
        Place place = place(text);
        return switch (place) {
            case Local local -> {
                LayoutReader reader = LayoutReader.open(local.path);
                LayoutReader.Entry entry = reader.entry(local.tag);
                ImageIndex index = reader.index(entry);
                List<Image> images = index == null ? List.of(reader.read(entry.descriptor())) : index.images();
                yield new ImageSource(text, index, images, place);
            }
            case Remote remote -> {
                RegistryClient registry = client.orElseThrow(() -> new SourceException(
                                SourceException.Code.OFFLINE,
                                text + " is in a registry, and the network is off limits\ntry: without --offline"))
                        .get();
                ImageIndex index = registry.index(remote.reference);
                List<Image> images = index == null
                        ? List.of(registry.image(remote.reference, Platform.LINUX_AMD64))
                        : index.images();
                yield new ImageSource(text, index, images, place);
            }
        };
    }

    private static Place place(String text) {
        if (text.startsWith(REGISTRY_PREFIX)) {
            return new Remote(Reference.parse(text.substring(REGISTRY_PREFIX.length())));
        }
        for (String prefix : PATH_PREFIXES) {
            if (text.startsWith(prefix)) {
                return local(text.substring(prefix.length())).orElseThrow(() -> noImage(text));
            }
        }
        return local(text).or(() -> remote(text)).orElseThrow(() -> noImage(text));
    }

    private static Optional<Place> local(String text) {
        int colon = text.lastIndexOf(':');
        if (exists(text)) {
            return Optional.of(new Local(Path.of(text), null));
        }
        if (colon > 0 && exists(text.substring(0, colon))) {
            return Optional.of(new Local(Path.of(text.substring(0, colon)), text.substring(colon + 1)));
        }
        return Optional.empty();
    }

    private static boolean exists(String path) {
        try {
            return !path.isEmpty() && Files.exists(Path.of(path));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static Optional<Place> remote(String text) {
        try {
            Reference reference = Reference.parse(text);
            return text.startsWith(reference.registry() + "/") ? Optional.of(new Remote(reference)) : Optional.empty();
        } catch (OciException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static SourceException noImage(String text) {
        return new SourceException(
                SourceException.Code.NO_IMAGE,
                "there is no image at " + text
                        + "\ntry: cairn build first\ntry: the reference with its registry, as in docker.io/library/"
                        + text);
    }

    /// This machine's platform, if it is one that images are made for.
    public static Platform machine() {
        return Platform.linux("aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "amd64");
    }

    /// What the person called it.
    public String name() {
        return name;
    }

    /// The index; empty when the source is a single image.
    public Optional<ImageIndex> index() {
        return Optional.ofNullable(index);
    }

    /// The images, one for each platform, in the index's order.
    public List<Image> images() {
        return images;
    }

    /// The digest of the index or of the single image.
    public Digest digest() {
        return index == null ? images.getFirst().digest() : index.digest();
    }

    /// Where the image is in a registry; empty when it is in a file.
    public Optional<Reference> reference() {
        return reference;
    }

    /// The layout or archive; empty when the image is in a registry.
    public Optional<Path> path() {
        return path;
    }

    /// The image for this platform; for null the one for this machine, else the first one.
    public Image image(@Nullable Platform wanted) {
        Platform platform = wanted == null ? machine() : wanted;
        for (Image each : images) {
            if (platform.accepts(each.config().platform())) {
                return each;
            }
        }
        if (wanted != null || images.isEmpty()) {
            throw new SourceException(
                    SourceException.Code.NO_PLATFORM,
                    name + ": no image for " + platform + "; there are "
                            + images.stream()
                                    .map(each -> each.config().platform().toString())
                                    .toList());
        }
        return images.getFirst();
    }
}
