package dev.cairn.sbom;

import dev.cairn.sbom.Component.SourcePackage;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Finds the source package of a component wherever the tool that wrote the document put it: in properties, in the
/// text of SPDX's `sourceInfo`, in the package URL's `upstream` qualifier.
final class Sources {
    /// How our SPDX documents, and Trivy's, say it.
    static final String BUILT_FROM = "built package from: ";

    static final String NAME = "cairn:source:name";
    static final String VERSION = "cairn:source:version";
    private static final String TRIVY = "aquasecurity:trivy:";

    private Sources() {}

    static @Nullable SourcePackage find(
            SortedMap<String, String> properties, String sourceInfo, @Nullable PackageUrl purl, String version) {
        SourcePackage found = named(properties, NAME, VERSION, version);
        if (found == null) {
            found = trivy(properties, version);
        }
        if (found == null) {
            found = named(properties, "syft:metadata:source", "syft:metadata:sourceVersion", version);
        }
        if (found == null) {
            found = named(properties, "syft:metadata:originPackage", "", version);
        }
        if (found == null && sourceInfo.startsWith(BUILT_FROM)) {
            found = words(sourceInfo.substring(BUILT_FROM.length()), version);
        }
        return found == null && purl != null ? upstream(purl, version) : found;
    }

    private static @Nullable SourcePackage named(
            SortedMap<String, String> properties, String nameKey, String versionKey, String version) {
        String name = properties.getOrDefault(nameKey, "");
        String own = properties.getOrDefault(versionKey, "");
        return name.isEmpty() ? null : new SourcePackage(name, own.isEmpty() ? version : own);
    }

    /// Trivy cuts a version in three.
    private static @Nullable SourcePackage trivy(SortedMap<String, String> properties, String version) {
        String name = properties.getOrDefault(TRIVY + "SrcName", "");
        String middle = properties.getOrDefault(TRIVY + "SrcVersion", "");
        if (name.isEmpty()) {
            return null;
        }
        String release = properties.getOrDefault(TRIVY + "SrcRelease", "");
        String epoch = properties.getOrDefault(TRIVY + "SrcEpoch", "");
        String whole = (epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":")
                + middle
                + (release.isEmpty() ? "" : "-" + release);
        return new SourcePackage(name, middle.isEmpty() ? version : whole);
    }

    private static @Nullable SourcePackage words(String text, String version) {
        int space = text.indexOf(' ');
        if (text.isBlank()) {
            return null;
        }
        return space < 0
                ? new SourcePackage(text, version)
                : new SourcePackage(
                        text.substring(0, space), text.substring(space + 1).strip());
    }

    /// `openssl`, `openssl@3.0.1-1` (deb, apk) or `openssl-3.0.1-1.el9.src.rpm`.
    private static @Nullable SourcePackage upstream(PackageUrl purl, String version) {
        String text = purl.qualifier("upstream");
        if (text.isEmpty()) {
            return null;
        }
        if (text.endsWith(".rpm")) {
            return rpm(text, version);
        }
        int at = text.lastIndexOf('@');
        return at > 0
                ? new SourcePackage(text.substring(0, at), text.substring(at + 1))
                : new SourcePackage(text, version);
    }

    private static SourcePackage rpm(String file, String version) {
        String text = file.substring(0, file.length() - ".rpm".length());
        int dot = text.lastIndexOf('.');
        String bare = dot > 0 ? text.substring(0, dot) : text;
        int release = bare.lastIndexOf('-');
        int middle = release > 0 ? bare.lastIndexOf('-', release - 1) : -1;
        return middle > 0
                ? new SourcePackage(bare.substring(0, middle), bare.substring(middle + 1))
                : new SourcePackage(bare, version);
    }

    /// Trivy and others put the epoch of deb and rpm versions into a qualifier of the package URL.
    static String withEpoch(String version, @Nullable PackageUrl purl) {
        String found = version.isEmpty() && purl != null && purl.version() != null ? purl.version() : version;
        String epoch = purl == null ? "" : purl.qualifier("epoch");
        boolean lacks = !epoch.isEmpty() && !epoch.equals("0") && !found.isEmpty() && found.indexOf(':') < 0;
        return lacks ? epoch + ":" + found : found;
    }
}
