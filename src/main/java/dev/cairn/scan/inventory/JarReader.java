package dev.cairn.scan.inventory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// Finds the Maven artifacts of a jar: by every `pom.properties` in it and in the jars inside it, else by its manifest
/// and its name. Streams; bounded in entries, in bytes and in depth, so that a nesting bomb is an error and no more.
final class JarReader {
    private final Limits limits;
    private final BiConsumer<Coordinates, String> found;
    private int entries;
    private long bytes;

    /// An artifact. `group` is empty where nothing in the jar names one.
    record Coordinates(String group, String artifact, String version) {}

    JarReader(Limits limits, BiConsumer<Coordinates, String> found) {
        this.limits = limits;
        this.found = found;
    }

    static boolean isJar(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".jar")
                || lower.endsWith(".war")
                || lower.endsWith(".ear")
                || lower.endsWith(".hpi")
                || lower.endsWith(".jpi")
                || lower.endsWith(".par")
                || lower.endsWith(".sar");
    }

    /// Reads a jar to its end.
    ///
    /// @throws IOException when it is damaged or over a limit
    void read(InputStream in, String path) throws IOException {
        read(in, path, 0);
    }

    private void read(InputStream in, String path, int depth) throws IOException {
        if (depth > limits.jarDepth()) {
            throw new ZipException(path + ": jars in jars, deeper than " + limits.jarDepth());
        }
        Set<Coordinates> poms = new LinkedHashSet<>();
        Map<String, String> manifest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ZipInputStream zip = new ZipInputStream(new Unclosed(in));
        boolean any = false;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            any = true;
            if (++entries > limits.jarEntries()) {
                throw new ZipException(path + ": more than " + limits.jarEntries() + " entries");
            }
            entry(new Counted(zip, path), entry.getName(), path, depth, poms, manifest);
        }
        if (!any) {
            throw new ZipException(path + ": no zip file");
        }
        if (poms.isEmpty()) {
            Coordinates own = ofManifest(manifest, path);
            if (own != null) {
                found.accept(own, path);
            }
        }
        poms.forEach(each -> found.accept(each, path));
    }

    private void entry(
            InputStream content,
            String name,
            String path,
            int depth,
            Set<Coordinates> poms,
            Map<String, String> manifest)
            throws IOException {
        if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
            Map<String, String> pom = properties(document(content, path), '=');
            String artifact = pom.getOrDefault("artifactId", "");
            String version = pom.getOrDefault("version", "");
            if (!artifact.isEmpty() && !version.isEmpty()) {
                poms.add(new Coordinates(pom.getOrDefault("groupId", ""), artifact, version));
            }
        } else if (name.equals("META-INF/MANIFEST.MF")) {
            manifest.putAll(properties(document(content, path), ':'));
        } else if (isJar(name)) {
            read(content, path + "!" + name, depth + 1);
        }
        content.transferTo(OutputStream.nullOutputStream());
    }

    private byte[] document(InputStream content, String path) throws IOException {
        byte[] document = content.readNBytes(limits.document() + 1);
        if (document.length > limits.document()) {
            throw new ZipException(path + ": its metadata is too long");
        }
        return document;
    }

    private static Map<String, String> properties(byte[] document, char separator) {
        Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        new String(document, StandardCharsets.UTF_8).lines().limit(10_000).forEach(line -> {
            int at = line.indexOf(separator);
            if (at > 0 && line.charAt(0) != '#' && line.charAt(0) != ' ') {
                properties.putIfAbsent(
                        line.substring(0, at).strip(), line.substring(at + 1).strip());
            }
        });
        return properties;
    }

    /// Without a pom: the name of the file says artifact and version, the manifest at most a group.
    private static @Nullable Coordinates ofManifest(Map<String, String> manifest, String path) {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1);
        String base = file.substring(0, Math.max(0, file.lastIndexOf('.')));
        int dash = versionDash(base);
        String version = manifest.getOrDefault(
                "Implementation-Version",
                manifest.getOrDefault("Bundle-Version", dash < 0 ? "" : base.substring(dash + 1)));
        String artifact = dash < 0 ? base : base.substring(0, dash);
        if (artifact.isEmpty() || version.isEmpty()) {
            return null;
        }
        String group = manifest.getOrDefault("Implementation-Vendor-Id", "");
        return new Coordinates(
                group.indexOf('.') > 0 ? group : "", artifact, dash < 0 ? version : base.substring(dash + 1));
    }

    /// The `-` before the first part that begins with a digit.
    private static int versionDash(String base) {
        for (int i = base.indexOf('-'); i >= 0; i = base.indexOf('-', i + 1)) {
            if (i + 1 < base.length() && Character.isDigit(base.charAt(i + 1))) {
                return i;
            }
        }
        return -1;
    }

    private final class Counted extends FilterInputStream {
        private final String path;

        Counted(InputStream in, String path) {
            super(in);
            this.path = path;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            bytes += Math.max(0, read);
            if (bytes > limits.jarBytes()) {
                throw new ZipException(path + ": inflates to more than " + limits.jarBytes() + " bytes");
            }
            return read;
        }

        @Override
        public void close() {
            // the zip goes on
        }
    }
}
