package dev.cairn.scan.inventory;

import dev.cairn.sbom.PackageUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A package of a language, and the file that shows it.
///
/// @param path the file, without a leading `/`
/// @param layer the layer that has it, from 0; -1 where there are no layers
/// @param sha1 of the file, for apk's records; empty where it was not computed
/// @param md5 of the file, for dpkg's records
record Evidence(PackageUrl purl, String version, String path, int layer, String sha1, String md5) {

    /// A package URL for a language's package; null where name or version make none.
    static @Nullable PackageUrl purl(String type, String namespace, String name, String version) {
        if (name.isBlank() || version.isBlank() || name.length() > 500 || version.length() > 200) {
            return null;
        }
        try {
            return PackageUrl.of(type, namespace, name, version, Map.of());
        } catch (RuntimeException e) {
            return null;
        }
    }
}
