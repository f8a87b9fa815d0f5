package dev.cairn.verify;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.Layer;
import dev.cairn.oci.LayerTar;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.OciException;
import dev.cairn.verify.Verification.LayerVerdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds where an image differs from the one that was derived, and names the place: the layer and package, the file
/// in it, the byte; or the place in the manifest or configuration.
final class ImageComparison {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_FILES = 5;
    private static final int CONTEXT = 24;

    private final Image image;
    private final Image derived;
    private final List<LayerVerdict> verdicts;
    private final List<String> problems;

    ImageComparison(Image image, Image derived, List<LayerVerdict> verdicts, List<String> problems) {
        this.image = image;
        this.derived = derived;
        this.verdicts = verdicts;
        this.problems = problems;
    }

    void compare() throws IOException {
        int count = Math.max(image.layers().size(), derived.layers().size());
        for (int i = 0; i < count; i++) {
            if (i >= derived.layers().size()) {
                problems.add("layer " + (i + 1) + " ("
                        + image.layers().get(i).blob().digest() + "): nothing that was derived corresponds to it");
            } else if (i >= image.layers().size()) {
                problems.add(name(i) + ": is missing");
            } else {
                layer(i);
            }
        }
        document("configuration", image.configBlob(), derived.configBlob(), ImageConfig.LONGEST);
        document("manifest", image.manifestBlob(), derived.manifestBlob(), Manifest.LONGEST);
    }

    private String name(int i) {
        return "layer " + (i + 1) + " (" + verdicts.get(i).source() + ")";
    }

    private void layer(int i) throws IOException {
        Layer found = image.layers().get(i);
        Layer expected = derived.layers().get(i);
        boolean same = found.blob().digest().equals(expected.blob().digest())
                && found.diffId().equals(expected.diffId());
        try {
            LayerTar.read(found, TarLimits.STANDARD, (entry, tar) -> {});
            if (!same) {
                problems.add(name(i) + ": is " + found.blob().digest() + ", the packages give "
                        + expected.blob().digest() + files(found, expected));
            }
        } catch (OciException | ArchiveException | IOException e) {
            long at = same ? mismatch(found.blob(), expected.blob()) : -1;
            problems.add(
                    name(i) + ": its bytes are damaged" + (at < 0 ? "" : " at byte " + at) + ": " + e.getMessage());
        }
    }

    /// The first files on which two layers differ.
    private static String files(Layer found, Layer expected) throws IOException {
        Map<String, String> old = entries(expected);
        Map<String, String> now = entries(found);
        TreeSet<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<String> lines = new ArrayList<>();
        for (String path : paths) {
            String before = old.get(path);
            String after = now.get(path);
            if (before == null || !before.equals(after)) {
                lines.add(
                        "/" + path + (before == null ? " is not in them" : after == null ? " is missing" : " differs"));
            }
        }
        if (lines.isEmpty()) {
            return "\n  its files are the same; the archive around them differs";
        }
        int more = lines.size() - MOST_FILES;
        return "\n  " + String.join("\n  ", lines.subList(0, Math.min(MOST_FILES, lines.size())))
                + (more > 0 ? "\n  and " + more + " more" : "");
    }

    private static Map<String, String> entries(Layer layer) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        MessageDigest hash = Digest.Algorithm.SHA256.newHash();
        LayerTar.read(layer, TarLimits.STANDARD, (entry, tar) -> {
            InputStream content = new DigestInputStream(tar.content(), hash);
            content.transferTo(java.io.OutputStream.nullOutputStream());
            TarEntry plain = entry.withMtime(0);
            entries.put(entry.path(), plain + " " + Digest.finish(Digest.Algorithm.SHA256, hash));
        });
        return entries;
    }

    private void document(String what, Blob found, Blob expected, int limit) throws IOException {
        if (found.digest().equals(expected.digest())) {
            return;
        }
        byte[] one = found.readAll(limit);
        byte[] other = expected.readAll(limit);
        int at = Math.max(0, Arrays.mismatch(one, other));
        problems.add("the " + what + " is " + found.digest() + ", derived was " + expected.digest()
                + "\n  they part at byte " + at + ": found …" + excerpt(one, at) + "…, derived …"
                + excerpt(other, at) + "…");
    }

    private static String excerpt(byte[] bytes, int at) {
        int from = Math.max(0, at - CONTEXT);
        int to = Math.min(bytes.length, at + CONTEXT);
        StringBuilder text = new StringBuilder();
        new String(bytes, from, to - from, StandardCharsets.UTF_8)
                .chars()
                .forEach(c -> text.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? '?' : (char) c));
        return text.toString();
    }

    private static long mismatch(Blob found, Blob expected) throws IOException {
        try (InputStream one = new BufferedInputStream(found.open(), BUFFER);
                InputStream other = new BufferedInputStream(expected.open(), BUFFER)) {
            long position = 0;
            while (true) {
                byte[] a = one.readNBytes(BUFFER);
                byte[] b = other.readNBytes(BUFFER);
                int at = Arrays.mismatch(a, b);
                if (at >= 0) {
                    return position + at;
                }
                if (a.length == 0) {
                    return -1;
                }
                position += a.length;
            }
        }
    }
}
