package dev.cairn.mapping;

import dev.cairn.mapping.UpstreamImage.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The catalogue of which nothing is known but the names of its images: the table's. Versions are taken over, down to
/// two parts (`3.10` for `3.10.4`), as hardened catalogues tag them; a JDK is `openjdk-17`.
public final class BuiltInCatalogue implements Catalogue {
    private static final int PARTS = 2;

    private final Distribution distribution;

    /// @param distribution what its images are built from
    public BuiltInCatalogue(Distribution distribution) {
        this.distribution = distribution;
    }

    @Override
    public Choice choose(Known image, boolean dev) {
        if (image.version().startsWith("sha256:")) {
            return new Choice.NoVersion(image.name(), image.version(), List.of());
        }
        List<String> words = new ArrayList<>();
        boolean isJava = image.name().equals("jdk") || image.name().equals("jre");
        Version version = Version.parse(image.version());
        boolean exact = version.depth() <= PARTS || image.distroful();
        if (isJava && !image.version().isEmpty()) {
            words.add("openjdk-" + version.parts().getFirst());
            exact = version.depth() == 1;
        } else if (!image.version().isEmpty()) {
            words.add(String.join(".", version.parts().subList(0, Math.min(PARTS, version.depth()))));
        }
        image.java().ifPresent(java -> words.add("openjdk-" + java));
        if (!image.variant().isEmpty()) {
            words.add(image.variant());
        }
        if (words.isEmpty()) {
            words.add("latest");
        }
        if (dev && !image.distroful()) {
            words.add("dev");
        }
        return new Choice.Found(image.name(), String.join("-", words), exact);
    }

    @Override
    public boolean has(String name) {
        return UpstreamImage.names().contains(name);
    }

    @Override
    public Optional<Distribution> distribution() {
        return Optional.of(distribution);
    }
}
