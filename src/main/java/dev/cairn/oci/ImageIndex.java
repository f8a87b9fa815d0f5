package dev.cairn.oci;

import dev.cairn.digest.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The same image for several platforms.
///
/// @param blob the index's bytes
/// @param index the index
/// @param images its images, in the index's order; an index read from elsewhere may name more than these (attestations)
public record ImageIndex(Blob blob, Index index, List<Image> images) {

    public ImageIndex {
        images = List.copyOf(images);
    }

    /// Makes the index of these images, in this order, with these annotations.
    public static ImageIndex of(List<Image> images, SortedMap<String, String> annotations) {
        List<Descriptor> manifests = new ArrayList<>(images.size());
        for (Image image : images) {
            manifests.add(image.descriptor());
        }
        Index index = Index.of(manifests, annotations);
        return new ImageIndex(Blob.of(index.toJson(), MediaType.INDEX), index, images);
    }

    /// The same without annotations.
    public static ImageIndex of(List<Image> images) {
        return of(images, Collections.emptySortedMap());
    }

    /// The image for this platform, or null.
    public @Nullable Image find(Platform platform) {
        for (Image image : images) {
            if (platform.accepts(image.config().platform())) {
                return image;
            }
        }
        return null;
    }

    /// The digest of the index.
    public Digest digest() {
        return blob.digest();
    }
}
