package dev.cairn.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.Layer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// A layer as another implementation reads it: commons-compress, which takes the first gzip member only, as some
/// runtimes do.
public record LayerContent(List<Item> items) {

    /// One entry. The path has no trailing slash; content is text.
    public record Item(String path, char kind, int mode, long uid, long gid, long mtime, String link, String content) {
        /// All but the time, for comparing what ends up on a disk.
        public String shape() {
            return kind + " " + Integer.toOctalString(mode) + " " + uid + ":" + gid + " " + link + " " + content;
        }
    }

    /// Reads a layer from its compressed bytes, which have to be one gzip member.
    public static LayerContent of(Layer layer) throws IOException {
        byte[] compressed;
        try (InputStream in = layer.blob().open()) {
            compressed = in.readAllBytes();
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(compressed);
        List<Item> items = new ArrayList<>();
        try (GzipCompressorInputStream gzip = new GzipCompressorInputStream(bytes);
                TarArchiveInputStream tar = new TarArchiveInputStream(gzip, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                items.add(item(entry, new String(tar.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return new LayerContent(items);
    }

    private static Item item(TarArchiveEntry entry, String content) {
        char kind = entry.isDirectory() ? 'd' : entry.isSymbolicLink() ? 'l' : entry.isLink() ? 'h' : 'f';
        String name = entry.getName();
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return new Item(
                path,
                kind,
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                entry.getLastModifiedTime().toMillis() / 1000,
                entry.getLinkName(),
                content);
    }

    public List<String> paths() {
        return items.stream().map(Item::path).toList();
    }

    /// The only entry at a path.
    public Item at(String path) {
        List<Item> found =
                items.stream().filter(each -> each.path().equals(path)).toList();
        assertThat(found).as("entries at %s among %s", path, paths()).hasSize(1);
        return found.getFirst();
    }

    /// What is on the disk after these layers, lowest first: shape by path.
    public static Map<String, String> union(List<LayerContent> layers) {
        Map<String, String> disk = new TreeMap<>();
        layers.forEach(layer -> layer.items().forEach(each -> disk.put(each.path(), each.shape())));
        return disk;
    }
}
