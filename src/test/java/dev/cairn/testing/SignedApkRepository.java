package dev.cairn.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Makes real signed .apk files (apk v2: signature, control and data members) and a signed APKINDEX.tar.gz in a folder,
/// with an RSA key of its own. The layout below [#root()] is what `apk -X` takes: `<arch>/<name>-<version>.apk`.
///
/// The gzip members hold stored blocks, so that the bytes do not depend on the JDK's deflate; only the signatures
/// differ
/// from one instance to the next.
public final class SignedApkRepository {
    private final Path root;
    private final String keyName;
    private final KeyPair key;
    private final boolean sha256;
    private final Map<String, StringBuilder> rows = new TreeMap<>();

    private SignedApkRepository(Path root, String keyName, KeyPair key, boolean sha256) {
        this.root = root;
        this.keyName = keyName;
        this.key = key;
        this.sha256 = sha256;
    }

    /// An empty repository below `root`, which is made when it does not exist. Signatures are RSA with SHA-1.
    public static SignedApkRepository in(Path root) throws IOException {
        return in(root, "test@example.org-00000001.rsa.pub", false);
    }

    /// An empty repository with a key of this name, signed with SHA-256 (`RSA256`) if asked.
    public static SignedApkRepository in(Path root, String keyName, boolean sha256) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            SignedApkRepository repository =
                    new SignedApkRepository(root, keyName, generator.generateKeyPair(), sha256);
            Files.createDirectories(root.resolve("keys"));
            Files.writeString(repository.publicKey(), repository.publicKeyPem());
            return repository;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The folder to name as the repository.
    public Path root() {
        return root;
    }

    /// The public key's file, named as apk wants it; its folder holds nothing else.
    public Path publicKey() {
        return root.resolve("keys").resolve(keyName);
    }

    /// The folder with the public key: what apk calls the keys directory.
    public Path keys() {
        return root.resolve("keys");
    }

    private String publicKeyPem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /// Writes the package's file and remembers its index row. Call [#index()] after the last one.
    public Path add(ApkSpec spec) throws IOException {
        byte[] data = gzip(dataTar(spec));
        byte[] control = gzip(controlTar(spec, data));
        Path file = root.resolve(spec.arch).resolve(spec.name + "-" + spec.version + ".apk");
        Files.createDirectories(file.getParent());
        Files.write(file, concat(signature(control), control, data));
        row(spec, "Q1" + Base64.getEncoder().encodeToString(hash("SHA-1", control)), Files.size(file));
        return file;
    }

    /// Writes and signs `<arch>/APKINDEX.tar.gz` for each architecture that has packages.
    public SignedApkRepository index() throws IOException {
        for (Map.Entry<String, StringBuilder> arch : rows.entrySet()) {
            writeIndex(arch.getKey(), arch.getValue().toString());
        }
        return this;
    }

    /// Signs an index text as it is, for tests that want one of their own making.
    public void writeIndex(String arch, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = tar(bytes)) {
            put(tar, "DESCRIPTION", 0644, "test\n".getBytes(StandardCharsets.UTF_8), 0);
            put(tar, "APKINDEX", 0644, text.getBytes(StandardCharsets.UTF_8), 0);
        }
        byte[] member = gzip(bytes.toByteArray());
        Files.createDirectories(root.resolve(arch));
        Files.write(root.resolve(arch).resolve("APKINDEX.tar.gz"), concat(signature(member), member));
    }

    private void row(ApkSpec spec, String checksum, long size) {
        StringBuilder row = rows.computeIfAbsent(spec.arch, a -> new StringBuilder());
        field(row, "C", checksum);
        field(row, "P", spec.name);
        field(row, "V", spec.version);
        field(row, "A", spec.arch);
        field(row, "S", Long.toString(size));
        field(row, "I", Long.toString(spec.size()));
        field(row, "T", spec.description);
        field(row, "U", spec.url);
        field(row, "L", spec.license);
        field(row, "o", spec.origin);
        field(row, "m", spec.maintainer);
        field(row, "t", Long.toString(spec.buildTime));
        field(row, "c", spec.commit);
        field(row, "k", spec.providerPriority);
        field(row, "D", String.join(" ", spec.depends));
        field(row, "p", String.join(" ", spec.provides));
        field(row, "i", String.join(" ", spec.installIf));
        row.append('\n');
    }

    private static void field(StringBuilder row, String letter, String value) {
        if (!value.isEmpty()) {
            row.append(letter).append(':').append(value).append('\n');
        }
    }

    private byte[] controlTar(ApkSpec spec, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = tar(bytes);
        put(tar, ".PKGINFO", 0644, pkgInfo(spec, data).getBytes(StandardCharsets.UTF_8), spec.buildTime);
        for (Map.Entry<String, String> script : spec.scripts.entrySet()) {
            byte[] text = script.getValue().getBytes(StandardCharsets.UTF_8);
            put(tar, "." + script.getKey(), 0755, text, spec.buildTime);
        }
        tar.flush();
        return bytes.toByteArray(); // as abuild-tar --cut leaves it: without the end blocks
    }

    private static String pkgInfo(ApkSpec spec, byte[] data) {
        StringBuilder info = new StringBuilder("# Generated by a test\n");
        info(info, "pkgname", spec.name);
        info(info, "pkgver", spec.version);
        info(info, "pkgdesc", spec.description);
        info(info, "url", spec.url);
        info(info, "builddate", Long.toString(spec.buildTime));
        info(info, "packager", "a test <test@example.org>");
        info(info, "size", Long.toString(spec.size()));
        info(info, "arch", spec.arch);
        info(info, "origin", spec.origin);
        info(info, "commit", spec.commit);
        info(info, "maintainer", spec.maintainer);
        info(info, "provider_priority", spec.providerPriority);
        info(info, "replaces_priority", spec.replacesPriority);
        info(info, "license", spec.license);
        spec.replaces.forEach(r -> info(info, "replaces", r));
        spec.depends.forEach(d -> info(info, "depend", d));
        spec.provides.forEach(p -> info(info, "provides", p));
        spec.installIf.forEach(i -> info(info, "install_if", i));
        info(info, "triggers", String.join(" ", spec.triggers));
        info(info, "datahash", HexFormat.of().formatHex(hash("SHA-256", data)));
        return info.toString();
    }

    private static void info(StringBuilder to, String key, String value) {
        if (!value.isEmpty()) {
            to.append(key).append(" = ").append(value).append('\n');
        }
    }

    private static byte[] dataTar(ApkSpec spec) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = tar(bytes)) {
            for (ApkSpec.Entry entry : spec.entries.values()) {
                tar.putArchiveEntry(tarEntry(entry, spec.buildTime));
                tar.write(entry.content());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry tarEntry(ApkSpec.Entry entry, long mtime) {
        TarArchiveEntry tar = switch (entry.kind()) {
            case DIRECTORY -> new TarArchiveEntry(entry.path() + "/");
            case FILE -> new TarArchiveEntry(entry.path());
            case SYMLINK -> link(entry, TarConstants.LF_SYMLINK);
            case HARDLINK -> link(entry, TarConstants.LF_LINK);
        };
        if (entry.kind() == ApkSpec.Kind.FILE) {
            tar.setSize(entry.content().length);
            checksum(tar, entry.content());
        } else if (entry.kind() == ApkSpec.Kind.SYMLINK) {
            checksum(tar, entry.link().getBytes(StandardCharsets.UTF_8));
        }
        return attributes(tar, entry.mode(), entry.uid(), entry.gid(), mtime);
    }

    private static TarArchiveEntry link(ApkSpec.Entry entry, byte type) {
        TarArchiveEntry tar = new TarArchiveEntry(entry.path(), type);
        tar.setLinkName(entry.link());
        return tar;
    }

    private static void checksum(TarArchiveEntry tar, byte[] content) {
        tar.addPaxHeader("APK-TOOLS.checksum.SHA1", HexFormat.of().formatHex(hash("SHA-1", content)));
    }

    private static TarArchiveEntry attributes(TarArchiveEntry tar, int mode, long uid, long gid, long mtime) {
        tar.setMode(mode);
        tar.setIds((int) uid, (int) gid);
        tar.setNames(uid == 0 ? "root" : "", gid == 0 ? "root" : "");
        tar.setModTime(mtime * 1000);
        return tar;
    }

    /// The signature member over `signed`, without tar end blocks.
    private byte[] signature(byte[] signed) throws IOException {
        try {
            Signature rsa = Signature.getInstance(sha256 ? "SHA256withRSA" : "SHA1withRSA");
            rsa.initSign(key.getPrivate());
            rsa.update(signed);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TarArchiveOutputStream tar = tar(bytes);
            put(tar, (sha256 ? ".SIGN.RSA256." : ".SIGN.RSA.") + keyName, 0644, rsa.sign(), 0);
            tar.flush();
            return gzip(bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TarArchiveOutputStream tar(ByteArrayOutputStream bytes) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        return tar;
    }

    private static void put(TarArchiveOutputStream tar, String name, int mode, byte[] content, long mtime)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(attributes(entry, mode, 0, 0, mtime));
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// One gzip member of stored blocks (RFC 1951, section 3.2.4).
    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 64);
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
        int at = 0;
        do {
            int n = Math.min(0xffff, content.length - at);
            out.write(at + n == content.length ? 1 : 0);
            littleEndian(out, n, 2);
            littleEndian(out, ~n, 2);
            out.write(content, at, n);
            at += n;
        } while (at < content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        littleEndian(out, (int) crc.getValue(), 4);
        littleEndian(out, content.length, 4);
        return out.toByteArray();
    }

    private static void littleEndian(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >>> (8 * i));
        }
    }
}
