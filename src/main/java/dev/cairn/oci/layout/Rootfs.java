package dev.cairn.oci.layout;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.oci.Image;
import dev.cairn.oci.Layer;
import dev.cairn.oci.LayerTar;
import dev.cairn.oci.layout.LayoutException.Code;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Unpacks an image's layers into a folder (OCI image-spec, layer.md): files, links, owners, modes and times, with
/// whiteouts and opaque directories.
///
/// Each layer is held against its digest and its diffID; on a mismatch, as on any other failure, what was unpacked so
/// far is left for the caller to remove. No path and no link leads out of the folder: a link on the way to an entry is
/// followed as if the folder were `/`. Run by root, entries get their owners; otherwise everything belongs to the
/// caller and folders stay writable to him. Devices and FIFOs are passed over and reported, extended attributes are
/// not kept.
public final class Rootfs {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final UnpackTarget target;
    private final TarLimits limits;
    private final List<String> skipped = new ArrayList<>();
    private long entries;

    /// What was unpacked.
    ///
    /// @param entries how many entries the layers have
    /// @param skipped the paths of devices and FIFOs that were passed over
    public record Unpacked(long entries, List<String> skipped) {
        public Unpacked {
            skipped = List.copyOf(skipped);
        }
    }

    private Rootfs(UnpackTarget target, TarLimits limits) {
        this.target = target;
        this.limits = limits;
    }

    /// Unpacks with the usual limits into a folder that does not exist or is empty.
    public static Unpacked unpack(Image image, Path root) throws IOException {
        return unpack(image, root, TarLimits.STANDARD);
    }

    /// Unpacks; the limits hold for each layer.
    public static Unpacked unpack(Image image, Path root, TarLimits limits) throws IOException {
        Files.createDirectories(root);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            if (children.iterator().hasNext()) {
                throw new LayoutException(
                        Code.OCCUPIED, root + " is not empty: an image is unpacked into a new folder");
            }
        }
        Rootfs rootfs = new Rootfs(new UnpackTarget(root), limits);
        for (Layer layer : image.layers()) {
            rootfs.unpack(layer);
        }
        rootfs.target.finish();
        return new Unpacked(rootfs.entries, rootfs.skipped);
    }

    private void unpack(Layer layer) throws IOException {
        Set<Path> ofThisLayer = new HashSet<>();
        try {
            LayerTar.read(layer, limits, (entry, tar) -> unpack(layer, entry, tar, ofThisLayer));
        } catch (InvalidPathException e) {
            throw unsafe("layer " + layer.blob().digest() + ": " + e.getMessage(), e);
        } catch (ArchiveException e) {
            throw unsafe(String.valueOf(e.getMessage()), e);
        }
    }

    private static LayoutException unsafe(String message, RuntimeException cause) {
        LayoutException unsafe = new LayoutException(Code.UNSAFE_LAYER, message);
        unsafe.initCause(cause);
        return unsafe;
    }

    private void unpack(Layer layer, TarEntry entry, TarReader tar, Set<Path> ofThisLayer) throws IOException {
        entries++;
        String name = entry.name();
        if (name.equals(OPAQUE)) {
            hideAll(entry, ofThisLayer);
        } else if (name.startsWith(WHITEOUT)) {
            hide(layer, entry, name.substring(WHITEOUT.length()), ofThisLayer);
        } else {
            put(entry, tar, ofThisLayer);
        }
    }

    /// A whiteout hides what lower layers have, not what this one has.
    private void hide(Layer layer, TarEntry entry, String name, Set<Path> ofThisLayer) throws IOException {
        if (name.startsWith(WHITEOUT)) {
            return; // aufs's own bookkeeping
        }
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new LayoutException(
                    Code.UNSAFE_LAYER, "layer " + layer.blob().digest() + ": the whiteout '" + entry.path() + "'");
        }
        Path parent = target.existingFolder(entry.parent());
        if (parent != null && !ofThisLayer.contains(parent.resolve(name))) {
            target.remove(parent.resolve(name));
        }
    }

    private void hideAll(TarEntry entry, Set<Path> ofThisLayer) throws IOException {
        Path folder = target.existingFolder(entry.parent());
        if (folder != null) {
            hideBelow(folder, ofThisLayer);
        }
    }

    private void hideBelow(Path folder, Set<Path> ofThisLayer) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (!ofThisLayer.contains(child)) {
                    target.remove(child);
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    hideBelow(child, ofThisLayer);
                }
            }
        }
    }

    private void put(TarEntry entry, TarReader tar, Set<Path> ofThisLayer) throws IOException {
        if (entry.isRoot()) {
            target.directory(target.root(), entry);
            return;
        }
        Path parent = target.folder(entry.parent());
        Path path = parent.resolve(entry.name());
        switch (entry.type()) {
            case DIRECTORY -> target.directory(path, entry);
            case FILE -> target.file(path, entry, tar.content());
            case SYMLINK -> target.symlink(path, entry);
            case HARDLINK -> target.hardlink(path, entry);
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {
                skipped.add(entry.path());
                return;
            }
        }
        // Folders on the way are this layer's too: a whiteout must not take them away with what is in them.
        Path at = path;
        while (at != null && ofThisLayer.add(at)) {
            at = at.getParent();
        }
    }
}
