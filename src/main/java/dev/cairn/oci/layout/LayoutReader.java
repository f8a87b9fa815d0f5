package dev.cairn.oci.layout;

import dev.cairn.archive.Decompressor;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Index;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Platform;
import dev.cairn.oci.layout.LayoutException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads images from an OCI layout (OCI image-spec, image-layout.md), folder or tar, or from a docker archive.
///
/// Opening reads `index.json` only; manifests and configurations are checked against their digests when they are
/// read, layers when [Blob#openChecked] is read to its end. A tar must not be compressed. What is malformed is a
/// [LayoutException], an [dev.cairn.oci.OciException] or a [dev.cairn.archive.ArchiveException].
public final class LayoutReader {
    private static final int DEEPEST = 4;
    private static final int MOST_IMAGES = 1000;

    private final Path path;
    private final List<Entry> entries;
    private final Source source;

    /// One image or index of a layout.
    ///
    /// @param descriptor what it is
    /// @param names the names that it goes by: full names and tags, maybe none
    public record Entry(Descriptor descriptor, List<String> names) {
        public Entry {
            names = List.copyOf(names);
        }
    }

    /// Where manifests, configurations and layers come from.
    interface Source {
        /// The blob of this descriptor.
        Blob blob(Descriptor descriptor) throws IOException;
    }

    LayoutReader(Path path, List<Entry> entries, Source source) {
        this.path = path;
        this.entries = List.copyOf(entries);
        this.source = source;
    }

    /// Whether the path looks like something that [#open] reads: a folder with `oci-layout`, or a file.
    public static boolean isLayout(Path path) {
        return Files.isRegularFile(path) || Files.isRegularFile(path.resolve(LayoutNames.LAYOUT_FILE));
    }

    /// Opens a folder or a tar.
    public static LayoutReader open(Path path) throws IOException {
        FileTree tree;
        if (Files.isDirectory(path)) {
            tree = new FileTree.Folder(path);
        } else {
            requireTar(path);
            tree = FileTree.Tar.scan(path);
        }
        if (tree.find(LayoutNames.LAYOUT_FILE) != null && tree.find(LayoutNames.INDEX_FILE) != null) {
            return openLayout(tree);
        }
        if (tree instanceof FileTree.Tar && tree.find(LayoutNames.DOCKER_MANIFEST_FILE) != null) {
            return DockerArchive.open(tree);
        }
        throw new LayoutException(
                Code.NOT_A_LAYOUT,
                path + ": no OCI layout (oci-layout, index.json) and no docker archive (manifest.json)");
    }

    private static void requireTar(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(6);
            Decompressor.Format format = Decompressor.detect(start, start.length);
            if (format != Decompressor.Format.NONE) {
                throw new LayoutException(
                        Code.NOT_A_LAYOUT, path + ": is compressed (" + format + ")\ntry: decompress it first");
            }
        }
    }

    private static LayoutReader openLayout(FileTree tree) throws IOException {
        String file = tree.path() + ": " + LayoutNames.INDEX_FILE;
        Index index = Index.parse(tree.read(LayoutNames.INDEX_FILE, Manifest.LONGEST), file);
        List<Entry> entries = new ArrayList<>();
        for (Descriptor manifest : index.manifests()) {
            List<String> names = new ArrayList<>();
            for (String key : new String[] {LayoutNames.CONTAINERD_NAME, LayoutNames.REF_NAME}) {
                String name = manifest.annotations().get(key);
                if (name != null) {
                    names.add(name);
                }
            }
            entries.add(new Entry(manifest, names));
        }
        return new LayoutReader(
                tree.path(),
                entries,
                descriptor ->
                        tree.require(LayoutNames.blobPath(descriptor.digest())).blob(descriptor));
    }

    /// What the layout names, in its order.
    public List<Entry> entries() {
        return entries;
    }

    /// The image for this platform of the only entry, or of the entry that goes by `name` (a tag or a full name).
    ///
    /// An image whose entry says no platform, and that is alone, is taken whatever it is for.
    public Image image(@Nullable String name, Platform platform) throws IOException {
        Descriptor descriptor = entry(name).descriptor();
        for (int depth = 0; MediaType.isIndex(descriptor.mediaType()); depth++) {
            Index index = index(descriptor);
            Descriptor found = depth < DEEPEST ? index.find(platform) : null;
            if (found == null && index.manifests().size() == 1) {
                found = index.manifests().getFirst();
            }
            if (found == null || depth >= DEEPEST) {
                throw noSuchImage("no image for " + platform + "; there are " + platforms(index));
            }
            descriptor = found;
        }
        return read(descriptor);
    }

    /// The entry that goes by `name`; the only one where that is null. Entries with the same digest count as one.
    public Entry entry(@Nullable String name) {
        Entry found = null;
        for (Entry entry : entries) {
            if (name != null && !entry.names().contains(name)) {
                continue;
            }
            if (found != null
                    && !found.descriptor().digest().equals(entry.descriptor().digest())) {
                throw noSuchImage("several images" + (name == null ? "" : " named '" + name + "'") + ": " + names());
            }
            found = entry;
        }
        if (found == null) {
            throw noSuchImage(name == null ? "no image at all" : "no image named '" + name + "'; there are " + names());
        }
        return found;
    }

    /// The entry's index with all images in it that can be read; null where the entry is a single image.
    public @Nullable ImageIndex index(Entry entry) throws IOException {
        if (!MediaType.isIndex(entry.descriptor().mediaType())) {
            return null;
        }
        Blob blob = source.blob(entry.descriptor());
        Index index = index(entry.descriptor());
        List<Image> images = new ArrayList<>();
        for (Descriptor manifest : index.manifests()) {
            if (MediaType.isManifest(manifest.mediaType()) && isImage(manifest)) {
                images.add(read(manifest));
            }
            if (images.size() > MOST_IMAGES) {
                throw new LayoutException(Code.MALFORMED, path + ": more than " + MOST_IMAGES + " images in an index");
            }
        }
        return new ImageIndex(blob, index, images);
    }

    private static boolean isImage(Descriptor manifest) {
        // BuildKit lists attestations as manifests for the platform unknown/unknown.
        return manifest.platform() == null || !manifest.platform().os().equals("unknown");
    }

    private Index index(Descriptor descriptor) throws IOException {
        return Index.parse(source.blob(descriptor).readAll(Manifest.LONGEST), "index " + descriptor.digest());
    }

    /// The image whose manifest this is.
    public Image read(Descriptor descriptor) throws IOException {
        if (!MediaType.isManifest(descriptor.mediaType())) {
            throw noSuchImage(descriptor.digest() + " is '" + descriptor.mediaType() + "', no image");
        }
        Blob manifestBlob = source.blob(descriptor);
        byte[] bytes = manifestBlob.readAll(Manifest.LONGEST);
        Manifest manifest = Manifest.parse(bytes, "manifest " + descriptor.digest());
        byte[] config = source.blob(manifest.config()).readAll(ImageConfig.LONGEST);
        List<Blob> layers = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            layers.add(source.blob(layer));
        }
        return Image.read(manifestBlob, manifest, config, layers);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        entries.forEach(entry -> names.addAll(entry.names()));
        return names;
    }

    private static List<String> platforms(Index index) {
        List<String> platforms = new ArrayList<>();
        for (Descriptor manifest : index.manifests()) {
            platforms.add(String.valueOf(manifest.platform()));
        }
        return platforms;
    }

    private LayoutException noSuchImage(String problem) {
        return new LayoutException(Code.NO_SUCH_IMAGE, path + ": " + problem);
    }
}
