package dev.cairn.oci.layout;

import dev.cairn.archive.Decompressor;
import dev.cairn.digest.Digest;
import dev.cairn.digest.HashingOutputStream;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.OciException;
import dev.cairn.oci.layout.LayoutException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Docker's own archive (`docker save` before version 25, `skopeo copy … docker-archive:`): `manifest.json` names a
/// configuration and layer files. It holds no manifest, so an OCI one is made: the same archive gives the same digest,
/// which is not the one that the image has in a registry.
final class DockerArchive {
    private final FileTree tree;
    private final Map<Digest, Blob> blobs = new HashMap<>();

    private DockerArchive(FileTree tree) {
        this.tree = tree;
    }

    static LayoutReader open(FileTree tree) throws IOException {
        String what = tree.path() + ": " + LayoutNames.DOCKER_MANIFEST_FILE;
        DockerArchive archive = new DockerArchive(tree);
        List<LayoutReader.Entry> entries = new ArrayList<>();
        byte[] manifest = tree.read(LayoutNames.DOCKER_MANIFEST_FILE, Manifest.LONGEST);
        for (JsonObject image : JsonObject.parseArray(manifest, what, Manifest.LONGEST)) {
            entries.add(new LayoutReader.Entry(archive.image(image), names(image.strings("RepoTags"))));
        }
        return new LayoutReader(tree.path(), entries, archive::blob);
    }

    private static List<String> names(List<String> repoTags) {
        List<String> names = new ArrayList<>(repoTags);
        for (String repoTag : repoTags) {
            int colon = repoTag.lastIndexOf(':');
            if (colon > repoTag.lastIndexOf('/')) {
                names.add(repoTag.substring(colon + 1));
            }
        }
        return names;
    }

    private Blob blob(Descriptor descriptor) {
        Blob blob = blobs.get(descriptor.digest());
        if (blob == null) {
            throw new LayoutException(Code.MALFORMED, tree.path() + ": has no " + descriptor.digest());
        }
        return blob;
    }

    private Descriptor image(JsonObject json) throws IOException {
        String name = json.string("Config");
        byte[] bytes = tree.read(name, ImageConfig.LONGEST);
        ImageConfig config = ImageConfig.parse(bytes, tree.path() + ": " + name);
        List<String> files = json.strings("Layers");
        if (files.size() != config.diffIds().size()) {
            throw new LayoutException(
                    Code.MALFORMED,
                    tree.path() + ": " + files.size() + " layers for the "
                            + config.diffIds().size() + " of " + name);
        }
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            layers.add(layer(files.get(i), config.diffIds().get(i)));
        }
        Blob configBlob = keep(Blob.of(bytes, MediaType.CONFIG));
        byte[] manifest = Manifest.of(configBlob.descriptor(), layers).toJson();
        return keep(Blob.of(manifest, MediaType.MANIFEST)).descriptor().withPlatform(config.platform());
    }

    private Descriptor layer(String file, Digest diffId) throws IOException {
        FileTree.Range range = tree.require(file);
        Decompressor.Format format;
        try (InputStream in = range.open()) {
            byte[] start = in.readNBytes(6);
            format = Decompressor.detect(start, start.length);
        }
        String mediaType = switch (format) {
            case NONE -> MediaType.LAYER_TAR;
            case GZIP -> MediaType.LAYER_GZIP;
            case ZSTD -> MediaType.LAYER_ZSTD;
            case XZ -> throw new LayoutException(Code.MALFORMED, tree.path() + ": " + file + " is compressed with xz");
        };
        // A plain tar's digest is its diffID: whether it is true shows when the layer is read.
        Digest digest = format == Decompressor.Format.NONE ? diffId : digest(range);
        Descriptor descriptor = Descriptor.of(mediaType, digest, range.length());
        keep(range.blob(descriptor));
        return descriptor;
    }

    private Blob keep(Blob blob) {
        Blob before = blobs.putIfAbsent(blob.digest(), blob);
        if (before != null && before.size() != blob.size()) {
            throw new OciException(
                    OciException.Code.DIGEST_MISMATCH, tree.path() + ": two different contents for " + blob.digest());
        }
        return blob;
    }

    private static Digest digest(FileTree.Range range) throws IOException {
        HashingOutputStream hash = HashingOutputStream.discarding();
        try (InputStream in = range.open()) {
            in.transferTo(hash);
        }
        return hash.digest();
    }
}
