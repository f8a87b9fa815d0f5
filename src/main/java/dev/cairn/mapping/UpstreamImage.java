package dev.cairn.mapping;

import java.util.List;
import java.util.Optional;

/// What an image reference of a Dockerfile means.
public sealed interface UpstreamImage {

    /// A public image of known software.
    ///
    /// @param name the hardened image's name: `python`, `jdk`, `php-fpm`; `base` for a bare distribution
    /// @param version the software's version as the tag gives it: `3.10`, `3.10.4`; empty for `latest` and for
    ///     `base`, whose tags name the distribution's version
    /// @param java the major version of the Java inside, where the tag of another image names one: `17`
    /// @param variant what makes it another image of the same software: `fpm`, `apache`, `management`; else empty
    /// @param distribution what the image is built from, hence which packages its package manager knows
    /// @param release the distribution's release, as far as it is known: `bookworm`, `3.18`, `9`; else empty
    /// @param distroful whether the hardened image is a whole distribution already, so that it has no `-dev`
    record Known(
            String name,
            String version,
            Optional<String> java,
            String variant,
            Optional<Distribution> distribution,
            String release,
            boolean distroful)
            implements UpstreamImage {}

    /// Nothing is known of it: in-house, or software that has no hardened image. It is left as it is.
    ///
    /// @param distribution what it is probably built from, where its tag says so (`-alpine`, `-bookworm`)
    record Foreign(Optional<Distribution> distribution) implements UpstreamImage {}

    /// Not an image to be replaced at all: `scratch`, or an image for Windows.
    ///
    /// @param why `scratch`, `windows`
    record Excluded(String why) implements UpstreamImage {}

    /// All hardened names that the tables know; for completion and messages.
    static List<String> names() {
        return ImageTable.names();
    }
}
