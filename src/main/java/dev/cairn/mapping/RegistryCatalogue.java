package dev.cairn.mapping;

import dev.cairn.mapping.UpstreamImage.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A catalogue that is a registry: an image has the tags that the registry lists. Each list is asked for once.
public final class RegistryCatalogue implements Catalogue {
    private final Function<String, List<String>> lister;
    private final Optional<Distribution> distribution;
    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    /// @param lister the tags of an image, given its name; an empty list where there is no such image
    /// @param distribution what its images are built from, where the caller knows
    public RegistryCatalogue(Function<String, List<String>> lister, Optional<Distribution> distribution) {
        this.lister = lister;
        this.distribution = distribution;
    }

    @Override
    public Choice choose(Known image, boolean dev) {
        return ListedTags.choose(image, dev, tags(image.name()), false);
    }

    @Override
    public boolean has(String name) {
        return !tags(name).isEmpty();
    }

    @Override
    public Optional<Distribution> distribution() {
        return distribution;
    }

    private List<String> tags(String name) {
        return known.computeIfAbsent(name, lister);
    }
}
