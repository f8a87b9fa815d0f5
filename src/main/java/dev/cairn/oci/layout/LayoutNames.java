package dev.cairn.oci.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;

/// The paths and fixed contents of OCI image-spec, image-layout.md, and of docker's archive.
final class LayoutNames {
    static final String LAYOUT_FILE = "oci-layout";
    static final String INDEX_FILE = "index.json";
    static final String BLOBS = "blobs";
    static final String DOCKER_MANIFEST_FILE = "manifest.json";

    /// The annotation that names an image inside a layout: its tag.
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /// The annotation by which containerd, and docker and podman with it, learn the image's full name.
    static final String CONTAINERD_NAME = "io.containerd.image.name";

    private LayoutNames() {}

    /// The content of `oci-layout`.
    static byte[] layoutFile() {
        return "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8);
    }

    /// `blobs/sha256/<hex>`.
    static String blobPath(Digest digest) {
        return BLOBS + "/" + digest.algorithm().id() + "/" + digest.hex();
    }
}
