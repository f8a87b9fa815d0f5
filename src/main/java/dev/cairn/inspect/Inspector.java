package dev.cairn.inspect;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.TarEntry;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/// Looks at an image: reads every layer once, as a stream, checked against its digests, and keeps what there is to
/// say.
///
/// Limits: [#MOST_FILES] paths, beyond which an image is refused with an [ArchiveException]; package databases up to
/// [PackageDatabases#LONGEST]. A database that can't be read is a warning, since the image may be anybody's.
public final class Inspector {
    /// How many paths an image may have; two such images fit into the memory of a comparison.
    public static final int MOST_FILES = 400_000;

    private static final int SMALL = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final TreeMap<String, FileState> files = new TreeMap<>();
    private final TreeMap<String, byte[]> kept = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final MessageDigest hash;
    private final boolean contents;
    private final byte[] buffer = new byte[BUFFER];

    private Inspector(boolean contents) {
        this.contents = contents;
        try {
            this.hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// What an image holds.
    ///
    /// @param contents whether files' contents are to be told apart, which a comparison needs
    /// @param reading is told how many layers are still to be read, whenever one begins
    public static ImageContents inspect(Image image, boolean contents, IntConsumer reading) throws IOException {
        Inspector inspector = new Inspector(contents);
        int[] current = {-1};
        ImageFiles.visit(image, (entry, content, layer) -> {
            if (current[0] != layer) {
                current[0] = layer;
                reading.accept(layer + 1);
            }
            inspector.see(entry, content);
        });
        return inspector.report(image);
    }

    private void see(TarEntry entry, InputStream content) throws IOException {
        if (entry.isRoot()) {
            return;
        }
        if (files.size() >= MOST_FILES) {
            throw new ArchiveException(
                    ArchiveException.Code.LIMIT, "the image has more than " + MOST_FILES + " files and directories");
        }
        if (!entry.isFile()) {
            files.put(entry.path(), FileState.of(entry, 0, 0));
        } else if (isKept(entry)) {
            byte[] bytes = content.readAllBytes();
            kept.put(entry.path(), bytes);
            files.put(entry.path(), state(entry, hash.digest(bytes)));
        } else if (contents) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                hash.update(buffer, 0, n);
            }
            files.put(entry.path(), state(entry, hash.digest()));
        } else {
            files.put(entry.path(), FileState.of(entry, 0, 0));
        }
    }

    private static FileState state(TarEntry entry, byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return FileState.of(entry, bytes.getLong(), bytes.getLong());
    }

    private boolean isKept(TarEntry entry) {
        String path = entry.path();
        boolean database = PackageDatabases.isDatabase(path);
        boolean wanted = database
                || path.equals("etc/os-release")
                || path.equals("usr/lib/os-release")
                || path.equals("etc/passwd");
        int limit = database ? PackageDatabases.LONGEST : SMALL;
        if (wanted && entry.size() > limit) {
            warnings.add("/" + path + " has " + entry.size() + " bytes: not read");
        }
        return wanted && entry.size() <= limit;
    }

    private ImageContents report(Image image) {
        TreeSet<FoundPackage> packages = new TreeSet<>();
        kept.forEach((path, content) -> {
            if (PackageDatabases.isDatabase(path)) {
                try {
                    packages.addAll(PackageDatabases.read(path, content));
                } catch (RuntimeException e) {
                    warnings.add("/" + path + " can't be read: " + e.getMessage());
                }
            }
        });
        return new ImageContents(
                image, system(), List.copyOf(packages), files, ImageTraits.of(this::isProgram), user(image), warnings);
    }

    private boolean isProgram(String path) {
        FileState found = files.get(path);
        return found != null && found.type() != TarEntry.Type.DIRECTORY;
    }

    private Map<String, String> system() {
        byte[] content = kept.getOrDefault("etc/os-release", kept.getOrDefault("usr/lib/os-release", new byte[0]));
        Map<String, String> fields = new LinkedHashMap<>();
        new String(content, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        });
        return fields;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /// The number of the configuration's user, found in the image's passwd; its name where that has none.
    private String user(Image image) {
        String user = image.config().execution().user().split(":", -1)[0];
        if (user.isEmpty() || user.equals("root")) {
            return "0";
        }
        String passwd = new String(kept.getOrDefault("etc/passwd", new byte[0]), StandardCharsets.UTF_8);
        return passwd.lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2 && fields[0].equals(user))
                .map(fields -> fields[2])
                .findFirst()
                .orElse(user);
    }
}
