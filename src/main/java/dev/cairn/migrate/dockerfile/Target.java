package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Catalogue;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a Dockerfile is taken to: the catalogue's images and the names of its packages.
///
/// @param registry what stands before an image's name, without a slash at the end: `registry.example.org/hardened`
/// @param distribution what the images are built from
/// @param catalogue which images there are
/// @param packages what packages are called
/// @param definitions the folder of the catalogue's definitions, as definitions should include them from; null where
///     there is none
public record Target(
        String registry,
        Distribution distribution,
        Catalogue catalogue,
        Names packages,
        @Nullable Path definitions) {

    /// A target without a folder of definitions.
    public Target(String registry, Distribution distribution, Catalogue catalogue, Names packages) {
        this(registry, distribution, catalogue, packages, null);
    }

    /// What packages of one distribution are called in another; see [dev.cairn.mapping.PackageNames#outcome].
    public interface Names {
        /// The outcome for one plain name.
        Outcome outcome(String name, Distribution from, Distribution to);

        /// The same for a name that the file does not mention.
        default Outcome look(String name, Distribution from, Distribution to) {
            return outcome(name, from, to);
        }

        /// Whether the target has a package of that name, as far as its names are known.
        default boolean exists(String name, Distribution to) {
            return true;
        }
    }

    /// What a package of another distribution becomes.
    Outcome outcome(String name, Distribution from) {
        return packages.outcome(name, from, distribution);
    }

    /// The same for a name that the file does not mention: it is not counted as a mention.
    Outcome look(String name, Distribution from) {
        return packages.look(name, from, distribution);
    }

    /// The whole name of an image of the catalogue, without a tag.
    String repository(String name) {
        return registry.isEmpty() ? name : registry + "/" + name;
    }

    /// The definition of an image of the catalogue; null where it is not known.
    @Nullable
    String definition(String name, String tag) {
        if (definitions == null || name.contains("..")) {
            return null;
        }
        Path own = definitions.resolve(name + ".yaml");
        Path tagged = definitions.resolve(name).resolve(tag + ".yaml");
        Path found = Files.isRegularFile(tagged) ? tagged : Files.isRegularFile(own) ? own : null;
        return found == null ? null : found.toString().replace('\\', '/');
    }

    /// Whether a reference, as written, is an image of the catalogue already.
    public boolean isHardened(String reference) {
        return !registry.isEmpty()
                && reference.toLowerCase(Locale.ROOT).startsWith(registry.toLowerCase(Locale.ROOT) + "/");
    }

    /// Whether its package manager is apk.
    boolean isApk() {
        return distribution.family() == Distribution.Family.APK;
    }
}
