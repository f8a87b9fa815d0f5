package dev.cairn.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/// Makes real .debs and signed suites in a folder, with an OpenPGP key of its own: what apt takes with
/// `deb [signed-by=…/key.asc] <uri> <suite> <component>`.
///
/// Packages are added first, then [#publish] writes every suite: `dists/<suite>/InRelease`, Packages with its .xz and
/// .gz forms, all under by-hash too, and `Contents-<arch>.gz`. Publishing again replaces them.
public final class SignedDebRepository {
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT);

    private final Path root;
    private final TestOpenPgpKey key = TestOpenPgpKey.generate();
    private final Map<String, Map<String, StringBuilder>> indexes = new TreeMap<>();
    private final Map<String, Map<String, StringBuilder>> contents = new TreeMap<>();
    private String releaseFields = "";

    private SignedDebRepository(Path root) {
        this.root = root;
    }

    /// An empty repository below `root`, which is made when it does not exist.
    public static SignedDebRepository in(Path root) throws IOException {
        Files.createDirectories(root);
        SignedDebRepository repository = new SignedDebRepository(root);
        Files.writeString(repository.keyFile(), repository.key.armoredPublicKey());
        return repository;
    }

    public Path root() {
        return root;
    }

    public URI uri() {
        return root.toUri();
    }

    /// The armoured public key that signs InRelease.
    public Path keyFile() {
        return root.resolve("key.asc");
    }

    /// The source line for one suite and component: `deb [signed-by=…] file:… suite component`.
    public String sourceLine(String suite, String component) {
        return "deb [signed-by=" + keyFile() + "] " + uri() + " " + suite + " " + component;
    }

    /// Further lines of every Release file, each with its end: `NotAutomatic: yes\n`.
    public SignedDebRepository releaseFields(String lines) {
        releaseFields = lines;
        return this;
    }

    /// Builds a package into `main` of a suite; the file's path is the answer.
    public Path add(String suite, DebSpec spec) throws IOException {
        return add(suite, "main", spec);
    }

    /// Builds a package into a component of a suite; the file's path is the answer.
    public Path add(String suite, String component, DebSpec spec) throws IOException {
        String fileVersion = spec.version.substring(spec.version.indexOf(':') + 1);
        String path = "pool/" + component + "/" + spec.name.charAt(0) + "/" + spec.name + "/" + spec.name + "_"
                + fileVersion + "_" + spec.architecture + ".deb";
        byte[] deb = deb(spec);
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, deb);
        String row = spec.controlText().replaceAll("\n [^\n]*", "") + "Filename: " + path + "\nSize: " + deb.length
                + "\nSHA256: " + sha256(deb) + "\n\n";
        String arch = spec.architecture.equals("all") ? "amd64" : spec.architecture;
        String folder = component + "/binary-" + arch;
        indexes.computeIfAbsent(suite, s -> new TreeMap<>())
                .computeIfAbsent(folder, f -> new StringBuilder())
                .append(row);
        StringBuilder list = contents.computeIfAbsent(suite, s -> new TreeMap<>())
                .computeIfAbsent(component + "/Contents-" + arch, f -> new StringBuilder());
        spec.entries.values().stream()
                .filter(entry -> entry.kind() != DebSpec.Kind.DIRECTORY)
                .forEach(entry -> list.append(entry.path())
                        .append("  misc/")
                        .append(spec.name)
                        .append('\n'));
        return file;
    }

    /// Writes and signs every suite, dated `date`, valid for `validity`; null leaves Valid-Until out.
    public SignedDebRepository publish(Instant date, Duration validity) throws IOException {
        for (Map.Entry<String, Map<String, StringBuilder>> suite : indexes.entrySet()) {
            publish(suite.getKey(), suite.getValue(), date, validity);
        }
        return this;
    }

    /// Publishes as of now, without an end.
    public SignedDebRepository publish() throws IOException {
        return publish(Instant.now(), null);
    }

    private void publish(String suite, Map<String, StringBuilder> folders, Instant date, Duration validity)
            throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Map.Entry<String, StringBuilder> folder : folders.entrySet()) {
            byte[] plain = folder.getValue().toString().getBytes(StandardCharsets.UTF_8);
            files.put(folder.getKey() + "/Packages", plain);
            files.put(folder.getKey() + "/Packages.xz", compressed(plain, "xz"));
            files.put(folder.getKey() + "/Packages.gz", compressed(plain, "gz"));
        }
        for (Map.Entry<String, StringBuilder> list :
                contents.getOrDefault(suite, Map.of()).entrySet()) {
            files.put(
                    list.getKey() + ".gz",
                    compressed(list.getValue().toString().getBytes(StandardCharsets.UTF_8), "gz"));
        }
        StringBuilder release = new StringBuilder();
        release.append("Origin: Test\nLabel: Test\nSuite: ")
                .append(suite)
                .append("\nCodename: ")
                .append(suite);
        release.append("\nDate: ").append(RFC_2822.format(date.atZone(ZoneOffset.UTC)));
        if (validity != null) {
            release.append("\nValid-Until: ")
                    .append(RFC_2822.format(date.plus(validity).atZone(ZoneOffset.UTC)));
        }
        release.append("\nAcquire-By-Hash: yes\nArchitectures: all amd64 arm64\nComponents: main\n")
                .append(releaseFields);
        release.append("SHA256:\n");
        Path folder = root.resolve("dists").resolve(suite);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String digest = sha256(file.getValue());
            release.append(' ')
                    .append(digest)
                    .append(' ')
                    .append(file.getValue().length)
                    .append(' ');
            release.append(file.getKey()).append('\n');
            Path path = folder.resolve(file.getKey());
            Path byHash = path.resolveSibling("by-hash/SHA256").resolve(digest);
            Files.createDirectories(byHash.getParent());
            Files.write(path, file.getValue());
            Files.write(byHash, file.getValue());
        }
        Files.writeString(folder.resolve("InRelease"), key.clearSign(release.toString(), date));
    }

    private static byte[] deb(DebSpec spec) throws IOException {
        String suffix = spec.compression.isEmpty() ? "" : "." + spec.compression;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(bytes)) {
            put(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            put(ar, "control.tar" + suffix, compressed(controlTar(spec), spec.compression));
            put(ar, "data.tar" + suffix, compressed(dataTar(spec), spec.compression));
        }
        return bytes.toByteArray();
    }

    private static void put(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, 1_700_000_000L));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    private static byte[] controlTar(DebSpec spec) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = tar(bytes)) {
            directory(tar, "./", 0755, 0, 0);
            file(tar, "./control", 0644, 0, 0, spec.controlText().getBytes(StandardCharsets.UTF_8));
            StringBuilder sums = new StringBuilder();
            for (DebSpec.Entry entry : spec.entries.values()) {
                if (entry.kind() == DebSpec.Kind.FILE && !spec.conffiles.contains("/" + entry.path())) {
                    sums.append(hash("MD5", entry.content()))
                            .append("  ")
                            .append(entry.path())
                            .append('\n');
                }
            }
            file(tar, "./md5sums", 0644, 0, 0, sums.toString().getBytes(StandardCharsets.UTF_8));
            if (!spec.conffiles.isEmpty()) {
                String list = String.join("\n", spec.conffiles) + "\n";
                file(tar, "./conffiles", 0644, 0, 0, list.getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, byte[]> file : spec.controlFiles.entrySet()) {
                boolean script = file.getKey().startsWith("p") || file.getKey().equals("config");
                file(tar, "./" + file.getKey(), script ? 0755 : 0644, 0, 0, file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] dataTar(DebSpec spec) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = tar(bytes)) {
            directory(tar, "./", 0755, 0, 0);
            for (DebSpec.Entry entry : spec.entries.values()) {
                String path = "./" + entry.path();
                switch (entry.kind()) {
                    case DIRECTORY -> directory(tar, path + "/", entry.mode(), entry.uid(), entry.gid());
                    case FILE -> file(tar, path, entry.mode(), entry.uid(), entry.gid(), entry.content());
                    case SYMLINK -> link(tar, path, TarConstants.LF_SYMLINK, entry.target());
                    case HARDLINK -> link(tar, path, TarConstants.LF_LINK, "./" + entry.target());
                }
            }
        }
        return bytes.toByteArray();
    }

    private static TarArchiveOutputStream tar(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        return tar;
    }

    private static void directory(TarArchiveOutputStream tar, String path, int mode, long uid, long gid)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_DIR);
        put(tar, entry, mode, uid, gid, new byte[0]);
    }

    private static void file(TarArchiveOutputStream tar, String path, int mode, long uid, long gid, byte[] content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        put(tar, entry, mode, uid, gid, content);
    }

    private static void link(TarArchiveOutputStream tar, String path, byte type, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setLinkName(target);
        put(tar, entry, type == TarConstants.LF_SYMLINK ? 0777 : 0644, 0, 0, new byte[0]);
    }

    private static void put(
            TarArchiveOutputStream tar, TarArchiveEntry entry, int mode, long uid, long gid, byte[] content)
            throws IOException {
        entry.setMode(mode);
        entry.setIds((int) uid, (int) gid);
        entry.setNames("root", "root");
        entry.setModTime(1_700_000_000_000L);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] compressed(byte[] plain, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (format) {
            case "" -> bytes;
            case "xz" -> new XZCompressorOutputStream(bytes);
            case "gz" -> new GzipCompressorOutputStream(bytes);
            case "zst" -> new ZstdCompressorOutputStream(bytes);
            default -> throw new IllegalArgumentException("no such compression: " + format);
        }) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        return hash("SHA-256", bytes);
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
