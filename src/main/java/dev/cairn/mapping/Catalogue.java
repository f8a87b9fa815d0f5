package dev.cairn.mapping;

import java.util.Optional;

/// Which hardened images exist, and under which tags.
public interface Catalogue {

    /// The image to use instead of `image`.
    ///
    /// @param dev whether a shell and a package manager are needed; ignored for images that have them anyway
    Choice choose(UpstreamImage.Known image, boolean dev);

    /// Whether there is an image of this name.
    boolean has(String name);

    /// What the images are built from; empty where that is not known.
    Optional<Distribution> distribution();
}
