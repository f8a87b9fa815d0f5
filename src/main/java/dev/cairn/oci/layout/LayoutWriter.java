package dev.cairn.oci.layout;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Reference;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Writes images as an OCI layout (OCI image-spec, image-layout.md): a folder, or a tar that is a docker archive too.
///
/// Each name of an image becomes an entry of `index.json` with the annotations `org.opencontainers.image.ref.name`
/// (the tag) and `io.containerd.image.name` (the full name). The tar begins with `oci-layout`, `index.json` and
/// docker's `manifest.json`, so that `docker load`, `podman load` and skopeo take it; its bytes depend on the images
/// and names only. In `manifest.json` a name stands for one image: of an index, the first.
///
/// Nothing half-written is ever at the target: a new folder or tar is written beside it and moved; an existing layout
/// gets its new blobs first and then, in one step, its new `index.json`. Blobs that lie in files are copied by the
/// kernel into a folder.
public final class LayoutWriter {
    private static final int BUFFER = 1 << 18;

    private final LayoutContents contents = new LayoutContents();

    /// Adds an image for one platform, under these names or none.
    public LayoutWriter add(Image image, List<Reference> names) {
        contents.add(image, names);
        return this;
    }

    /// Adds an image for several platforms, under these names or none.
    public LayoutWriter add(ImageIndex index, List<Reference> names) {
        contents.add(index, names);
        return this;
    }

    /// Writes the folder, with those above it; it must not exist, be empty, or be an OCI layout, which is then
    /// replaced: what the new index does not reach is removed.
    public void writeFolder(Path target) throws IOException {
        new LayoutFolder(target).write(contents);
    }

    /// Writes the tar to a file, which is replaced; folders above it are made.
    public void writeTar(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path beside = TemporaryName.beside(absolute);
        try {
            Files.createDirectories(Objects.requireNonNull(absolute.getParent(), "a file is in a folder"));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside), BUFFER)) {
                writeTar(out);
            }
            Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Where the layout at a path, a folder or a tar, differs from what would be written, a line for each file: every
    /// byte counts, also those between a tar's files. Of a file, the first byte that differs is named.
    public List<String> differences(Path path) throws IOException {
        return Files.isDirectory(path)
                ? FolderComparison.of(path, contents)
                : new TarComparison(path).of(this::writeTar);
    }

    /// Writes the tar to a stream, which stays open.
    public void writeTar(OutputStream out) throws IOException {
        writeTar(out, name -> {});
    }

    private void writeTar(OutputStream out, Consumer<String> next) throws IOException {
        TarWriter tar = new TarWriter(out);
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put(LayoutNames.LAYOUT_FILE, LayoutNames.layoutFile());
        documents.put(LayoutNames.INDEX_FILE, contents.indexJson());
        documents.put(LayoutNames.DOCKER_MANIFEST_FILE, contents.dockerManifestJson());
        for (Map.Entry<String, byte[]> each : documents.entrySet()) {
            next.accept(each.getKey());
            tar.file(each.getKey(), 0644, each.getValue());
        }
        next.accept(LayoutNames.BLOBS);
        tar.directory(LayoutNames.BLOBS, 0755);
        tar.directory(LayoutNames.BLOBS + "/sha256", 0755);
        for (Blob blob : contents.blobs()) {
            next.accept(LayoutNames.blobPath(blob.digest()));
            try (InputStream in = blob.open()) {
                tar.put(TarEntry.file(LayoutNames.blobPath(blob.digest()), 0644, blob.size()), in);
            }
        }
        next.accept("the tar's end");
        tar.end();
    }
}
