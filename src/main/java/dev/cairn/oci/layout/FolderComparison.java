package dev.cairn.oci.layout;

import dev.cairn.oci.Blob;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Holds a layout's folder against what would be written: every file of it, and no other.
final class FolderComparison {
    private static final int BUFFER = 1 << 16;

    private FolderComparison() {}

    private interface Content {
        InputStream open() throws IOException;
    }

    static List<String> of(Path folder, LayoutContents contents) throws IOException {
        TreeMap<String, Content> expected = new TreeMap<>();
        expected.put(LayoutNames.LAYOUT_FILE, () -> new ByteArrayInputStream(LayoutNames.layoutFile()));
        expected.put(LayoutNames.INDEX_FILE, () -> new ByteArrayInputStream(contents.indexJson()));
        for (Blob blob : contents.blobs()) {
            expected.put(LayoutNames.blobPath(blob.digest()), blob::open);
        }
        List<String> differences = new ArrayList<>();
        Set<String> others = files(folder);
        for (var each : expected.entrySet()) {
            Path file = folder.resolve(each.getKey());
            if (!others.remove(each.getKey())) {
                differences.add(file + ": is missing");
                continue;
            }
            long at = mismatch(file, each.getValue());
            if (at >= 0) {
                differences.add(file + ": differs from what was built, at byte " + at);
            }
        }
        others.forEach(each -> differences.add(folder.resolve(each) + ": belongs to no image of the layout"));
        return differences;
    }

    private static Set<String> files(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .forEach(each -> names.add(folder.relativize(each).toString()));
        }
        return names;
    }

    /// The first byte that differs, or -1.
    private static long mismatch(Path file, Content expected) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        try (InputStream found = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                InputStream wanted = new BufferedInputStream(expected.open(), BUFFER)) {
            long position = 0;
            while (true) {
                byte[] one = found.readNBytes(BUFFER);
                byte[] other = wanted.readNBytes(BUFFER);
                int at = java.util.Arrays.mismatch(one, other);
                if (at >= 0) {
                    return position + at;
                }
                if (one.length == 0) {
                    return -1;
                }
                position += one.length;
            }
        }
    }
}
