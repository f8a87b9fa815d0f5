package dev.cairn.packages.apk;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.GzipMember;
import dev.cairn.archive.GzipMembers;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.digest.Digest;
import dev.cairn.digest.HashingInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// An apk v2 package file: three gzip members one behind another, signature (absent in an unsigned package), control
/// and data. The control member holds `.PKGINFO` and the scripts; its SHA-1 is what an index knows a package by. The
/// data member is a complete tar, and its sha256 as compressed is `datahash` in `.PKGINFO`.
///
/// Opening reads the first two members only. What is read here has been proven only after [#verify].
public final class ApkFile {
    private static final long MAX_CONTROL = 64L << 20;
    private static final String PKGINFO = ".PKGINFO";

    private final Path path;
    private final long size;
    private final ApkSignatures signatures;
    private final long controlOffset;
    private final long dataOffset;
    private final String checksum;
    private final PkgInfo pkgInfo;
    private final Map<String, byte[]> scripts;
    private final Digest dataDigest;

    private ApkFile(Path path, long size, ApkSignatures signatures, GzipMember control, Control content)
            throws IOException {
        this.path = path;
        this.size = size;
        this.signatures = signatures;
        this.controlOffset = control.offset();
        this.dataOffset = control.end();
        this.checksum = sha1(path, control.offset(), control.length());
        this.pkgInfo = content.pkgInfo;
        this.scripts = content.scripts;
        this.dataDigest = dataDigest(path, pkgInfo);
    }

    /// Opens a package file.
    ///
    /// @throws ApkException ([ApkException.Code#PACKAGE_FORMAT]) where it is no apk v2 package
    public static ApkFile open(Path path) throws IOException {
        try (GzipMembers members = new GzipMembers(new BufferedInputStream(Files.newInputStream(path)))) {
            ApkSignatures signatures = new ApkSignatures(java.util.List.of());
            byte[] first = member(members, path, "control");
            if (startsWithSignature(first)) {
                signatures = ApkSignatures.read(new ByteArrayInputStream(first));
                members.finish();
                first = member(members, path, "control");
            }
            Control content = Control.read(first, path);
            return new ApkFile(path, Files.size(path), signatures, members.finish(), content);
        } catch (ArchiveException e) {
            throw broken(path, String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] member(GzipMembers members, Path path, String what) throws IOException {
        if (!members.next()) {
            throw broken(path, "it ends where its " + what + " member should start", null);
        }
        byte[] content = members.content().readNBytes((int) MAX_CONTROL + 1);
        if (content.length > MAX_CONTROL) {
            throw broken(path, "its " + what + " member is over " + MAX_CONTROL + " bytes", null);
        }
        return content;
    }

    private static boolean startsWithSignature(byte[] tar) throws IOException {
        return ApkSignatures.isSignature(new TarReader(new ByteArrayInputStream(tar), TarLimits.SMALL).next());
    }

    private static ApkException broken(Path path, String why, @Nullable Throwable cause) {
        String message = path.getFileName() + " is no apk v2 package: " + why;
        return new ApkException(ApkException.Code.PACKAGE_FORMAT, message, cause);
    }

    /// What the control member holds.
    private record Control(PkgInfo pkgInfo, Map<String, byte[]> scripts) {
        static Control read(byte[] tar, Path path) throws IOException {
            TarReader reader = new TarReader(new ByteArrayInputStream(tar), TarLimits.SMALL);
            PkgInfo info = null;
            Map<String, byte[]> scripts = new TreeMap<>();
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.path().equals(PKGINFO) && info == null) {
                    info = PkgInfo.parse(reader.content().readAllBytes());
                } else if (entry.path().startsWith(".") && entry.isFile()) {
                    scripts.put(entry.path(), reader.content().readAllBytes());
                } else {
                    throw broken(path, "its control member holds '" + entry.path() + "'", null);
                }
            }
            if (info == null) {
                throw broken(path, "its control member has no " + PKGINFO, null);
            }
            return new Control(info, Collections.unmodifiableMap(scripts));
        }
    }

    private static Digest dataDigest(Path path, PkgInfo info) {
        try {
            return Digest.sha256(info.required("datahash"));
        } catch (IllegalArgumentException e) {
            throw broken(path, "its datahash is no sha256: '" + info.required("datahash") + "'", e);
        }
    }

    private static String sha1(Path path, long offset, long length) throws IOException {
        try (InputStream in = FileRange.open(path, offset, length)) {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] buffer = new byte[16 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha1.update(buffer, 0, n);
            }
            return "Q1" + Base64.getEncoder().encodeToString(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// The file.
    public Path path() {
        return path;
    }

    /// The file's length in bytes.
    public long size() {
        return size;
    }

    /// The checksum of the control member, as an index has it: `Q1` and base64.
    public String checksum() {
        return checksum;
    }

    /// All keys of `.PKGINFO`, in order.
    public PkgInfo pkgInfo() {
        return pkgInfo;
    }

    /// The other files of the control member by name: `.pre-install`, `.post-install`, `.trigger`, …
    public Map<String, byte[]> scripts() {
        return scripts;
    }

    /// Where the data member starts in the file.
    public long dataOffset() {
        return dataOffset;
    }

    /// How long the data member is, to the file's end.
    public long dataLength() {
        return size - dataOffset;
    }

    /// What `.PKGINFO` says the sha256 of the data member is, as compressed: the digest of a layer of those bytes.
    public Digest dataDigest() {
        return dataDigest;
    }

    /// The data member as it is, compressed.
    public InputStream openCompressedData() throws IOException {
        return FileRange.open(path, dataOffset, dataLength());
    }

    /// The data member's tar.
    public InputStream openData() throws IOException {
        return new GZIPInputStream(openCompressedData(), 64 << 10);
    }

    /// Checks the signature over the control member, and that the data member is what that one says.
    ///
    /// @return the name of the key that vouches for it; null where the keyring allows that there is none
    /// @throws ApkException ([ApkException.Code#SIGNATURE], [ApkException.Code#CHECKSUM])
    public @Nullable String verify(ApkKeyring keyring) throws IOException {
        String what = String.valueOf(path.getFileName());
        return verify(what, keyring);
    }

    @Nullable
    String verify(String what, ApkKeyring keyring) throws IOException {
        String key =
                signatures.verify(what, keyring, () -> FileRange.open(path, controlOffset, dataOffset - controlOffset));
        try (HashingInputStream data = new HashingInputStream(openCompressedData())) {
            data.transferTo(OutputStream.nullOutputStream());
            Digest found = data.digest();
            if (!found.equals(dataDigest)) {
                throw new ApkException(
                        ApkException.Code.CHECKSUM,
                        what + ": its data is " + found + ", its datahash says " + dataDigest);
            }
        }
        return key;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
