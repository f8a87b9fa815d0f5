package dev.cairn.oci;

import java.util.List;

/// The media types of OCI image-spec (media-types.md) and of Docker's image manifest version 2 schema 2.
///
/// A media type stays a string, since documents may carry any; these are the ones that Cairn knows.
public final class MediaType {
    /// An OCI image manifest.
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /// An OCI image index.
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /// An OCI image configuration.
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    /// A layer: a plain tar.
    public static final String LAYER_TAR = "application/vnd.oci.image.layer.v1.tar";

    /// A layer: a tar compressed with gzip.
    public static final String LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// A layer: a tar compressed with zstd.
    public static final String LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";

    /// The empty JSON object, the configuration of artifacts that have none.
    public static final String EMPTY = "application/vnd.oci.empty.v1+json";

    /// Docker's image manifest.
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    /// Docker's manifest list.
    public static final String DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// Docker's image configuration.
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";

    /// Docker's layer: a plain tar.
    public static final String DOCKER_LAYER_TAR = "application/vnd.docker.image.rootfs.diff.tar";

    /// Docker's layer: a tar compressed with gzip.
    public static final String DOCKER_LAYER_GZIP = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// What a client that takes any image asks a registry for, in order of preference.
    public static final List<String> ACCEPTED_MANIFESTS = List.of(INDEX, MANIFEST, DOCKER_INDEX, DOCKER_MANIFEST);

    private static final int LONGEST = 255;

    private MediaType() {}

    /// Whether a document of this type is an index (OCI) or a manifest list (Docker).
    public static boolean isIndex(String type) {
        return type.equals(INDEX) || type.equals(DOCKER_INDEX);
    }

    /// Whether a document of this type is an image manifest.
    public static boolean isManifest(String type) {
        return type.equals(MANIFEST) || type.equals(DOCKER_MANIFEST);
    }

    /// Whether a blob of this type is an image configuration.
    public static boolean isConfig(String type) {
        return type.equals(CONFIG) || type.equals(DOCKER_CONFIG);
    }

    /// Whether a blob of this type is a file system layer that Cairn reads.
    public static boolean isLayer(String type) {
        return type.equals(LAYER_GZIP)
                || type.equals(LAYER_TAR)
                || type.equals(LAYER_ZSTD)
                || type.equals(DOCKER_LAYER_GZIP)
                || type.equals(DOCKER_LAYER_TAR);
    }

    /// The type without its parameters, which a `Content-Type` header may carry.
    public static String ofHeader(String header) {
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
    }

    static String checked(String type) {
        int slash = type.indexOf('/');
        boolean valid = slash > 0 && slash < type.length() - 1 && type.length() <= LONGEST;
        for (int i = 0; valid && i < type.length(); i++) {
            char c = type.charAt(i);
            valid = c > ' ' && c < 0x7f && c != '"' && c != '\\';
        }
        if (!valid) {
            throw new OciException(OciException.Code.INVALID_TEXT, "not a media type: '" + shortened(type) + "'");
        }
        return type;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
