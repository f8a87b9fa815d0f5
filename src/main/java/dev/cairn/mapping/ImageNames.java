package dev.cairn.mapping;

import dev.cairn.mapping.UpstreamImage.Known;
import dev.cairn.oci.Reference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Recognises public images: what software they are, in which version and variant, and what they are built from.
///
/// Only names of the table and of known mirrors of Docker's official images are recognised. An image of another
/// registry or organisation is never taken for a public one because its last name is alike.
public final class ImageNames {
    /// Where Docker's official images are also found, under their own names.
    private static final List<String> OFFICIAL_PLACES = List.of(
            "amd64/",
            "arm32v7/",
            "arm64v8/",
            "i386/",
            "bitnami/",
            "bitnamilegacy/",
            "public.ecr.aws/docker/library/",
            "public.ecr.aws/bitnami/",
            "quay.io/bitnami/",
            "mirror.gcr.io/library/",
            "registry.hub.docker.com/library/",
            "registry-1.docker.io/library/");

    private static final String DISTROLESS = "gcr.io/distroless/";
    private static final String OLD_DOTNET = "microsoft/dotnet";
    private static final String JDK = "jdk";
    private static final String JRE = "jre";
    private static final String UNTAGGED = "latest";

    private ImageNames() {}

    /// What `reference` means.
    public static UpstreamImage identify(Reference reference) {
        String name = repository(reference);
        if (name.equals("scratch")) {
            return new UpstreamImage.Excluded("scratch");
        }
        String tagText = reference.tag() == null ? "" : reference.tag();
        ImageTag tag = ImageTag.parse(tagText.equals(UNTAGGED) ? "" : tagText);
        if (tag.windows() || name.startsWith("mcr.microsoft.com/windows")) {
            return new UpstreamImage.Excluded("windows");
        }
        if (name.startsWith(DISTROLESS)) {
            Known distroless = distroless(name.substring(DISTROLESS.length()));
            if (distroless != null) {
                return distroless;
            }
        }
        boolean bitnami = name.contains("bitnami");
        ImageTable.Row row = row(name, tag);
        if (row == null) {
            return new UpstreamImage.Foreign(tag.distribution());
        }
        boolean unversioned = reference.tag() == null && reference.digest() != null;
        String digest = unversioned ? String.valueOf(reference.digest()) : "";
        return row.line() == 0 ? base(row, tag) : new Reading(name, row, tag, digest, bitnami).known();
    }

    private static ImageTable.@Nullable Row row(String name, ImageTag tag) {
        ImageTable.Row row = ImageTable.find(name);
        for (int i = 0; row == null && i < OFFICIAL_PLACES.size(); i++) {
            String place = OFFICIAL_PLACES.get(i);
            row = name.startsWith(place) ? ImageTable.find(name.substring(place.length())) : null;
        }
        if (row == null && name.equals(OLD_DOTNET)) {
            String kind = tag.variant().contains("aspnetcore")
                    ? "aspnet-runtime"
                    : tag.variant().contains("runtime") ? "dotnet-runtime" : "dotnet-sdk";
            return new ImageTable.Row(kind, Optional.of(Distribution.DEBIAN), 2);
        }
        return row;
    }

    /// The name as docker shortens it, without `:latest`, tag and digest.
    private static String repository(Reference reference) {
        String familiar = new Reference(reference.registry(), reference.repository(), UNTAGGED, null).familiar();
        int colon = familiar.lastIndexOf(':');
        return colon > familiar.lastIndexOf('/') ? familiar.substring(0, colon) : familiar;
    }

    /// A bare distribution: its tags are its own versions.
    private static Known base(ImageTable.Row row, ImageTag tag) {
        String release = tag.release().isEmpty() ? tag.version() : tag.release();
        return new Known(row.hardened(), "", Optional.empty(), "", row.distribution(), release, true);
    }

    /// `java17-debian12`, `nodejs20-debian12`, `python3-debian12`; the others stand in the table.
    private static @Nullable Known distroless(String image) {
        String[] words = image.split("-", -1);
        String name = words[0];
        int digits = name.length();
        while (digits > 0 && name.charAt(digits - 1) >= '0' && name.charAt(digits - 1) <= '9') {
            digits--;
        }
        String hardened = switch (name.substring(0, digits)) {
            case "java" -> JRE;
            case "nodejs" -> "node";
            case "python" -> "python";
            default -> null;
        };
        if (hardened == null || digits == name.length() || name.equals("python3")) {
            return null;
        }
        String release = words.length > 1 && words[1].startsWith("debian") ? words[1].substring(6) : "";
        return new Known(
                hardened,
                name.substring(digits),
                Optional.empty(),
                "",
                Optional.of(Distribution.DEBIAN),
                release,
                false);
    }

    /// One image of the table with its tag.
    private record Reading(String name, ImageTable.Row row, ImageTag tag, String digest, boolean bitnami) {

        Known known() {
            boolean isJava = row.hardened().equals(JDK);
            String hardened = isJava && tag.jre() ? JRE : row.hardened();
            String version = digest.isEmpty() ? tag.version() : digest;
            if (isJava && version.isEmpty()) {
                version = tag.java().orElse(trailingDigits());
            }
            String variant = bitnami ? "" : variant(isJava);
            return new Known(
                    hardened,
                    version,
                    isJava ? Optional.empty() : tag.java(),
                    variant,
                    distribution(),
                    tag.release(),
                    false);
        }

        /// The words that are left; those that only name a make of the JDK or a pre-release build say nothing here.
        private String variant(boolean isJava) {
            if (isJava || name.equals(OLD_DOTNET)) {
                return "";
            }
            return row.hardened().equals("docker-dind") && tag.variant().equals("dind") ? "" : tag.variant();
        }

        private Optional<Distribution> distribution() {
            if (bitnami) {
                return Optional.of(Distribution.DEBIAN);
            }
            if (tag.distribution().isPresent() || row.distribution().isPresent() || !name.endsWith("openjdk")) {
                return tag.distribution().or(row::distribution);
            }
            // Docker's openjdk was Debian before 12, and Oracle Linux from then on, where the tag does not say
            // otherwise
            String version = tag.version();
            int dot = version.indexOf('.');
            String major = dot < 0 ? version : version.substring(0, dot);
            boolean old = major.length() == 1 || major.equals("10") || major.equals("11");
            return Optional.of(old ? Distribution.DEBIAN : Distribution.RHEL);
        }

        private String trailingDigits() {
            int start = name.length();
            while (start > 0 && name.charAt(start - 1) >= '0' && name.charAt(start - 1) <= '9') {
                start--;
            }
            return name.substring(start);
        }
    }
}
