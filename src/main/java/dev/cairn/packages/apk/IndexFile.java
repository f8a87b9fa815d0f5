package dev.cairn.packages.apk;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.GzipMember;
import dev.cairn.archive.GzipMembers;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An APKINDEX.tar.gz: a signature member (absent in an unsigned index), then one member with the tar of `APKINDEX`.
final class IndexFile {
    private static final int MAX_TEXT = 512 << 20;

    /// The rows, as [IndexReader] reads them.
    final byte[] text;
    /// When the index was made, in seconds since 1970 as its tar says; 0 where it does not.
    final long time;
    /// The key that vouches for it; null where the keyring allows that there is none.
    final @Nullable String key;

    private IndexFile(byte[] text, long time, @Nullable String key) {
        this.text = text;
        this.time = time;
        this.key = key;
    }

    /// Reads and checks an index.
    ///
    /// @param what how messages name it
    /// @throws ApkException ([ApkException.Code#INDEX_FORMAT], [ApkException.Code#SIGNATURE])
    static IndexFile read(Path file, String what, ApkKeyring keyring) throws IOException {
        try (GzipMembers members = new GzipMembers(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            byte[] first = member(members, what);
            ApkSignatures signatures = new ApkSignatures(List.of());
            if (ApkSignatures.isSignature(new TarReader(new ByteArrayInputStream(first), TarLimits.SMALL).next())) {
                signatures = ApkSignatures.read(new ByteArrayInputStream(first));
                members.finish();
                first = member(members, what);
            }
            GzipMember signed = members.finish();
            if (members.next()) {
                throw broken(what, "there is something behind its index member", null);
            }
            String key = signatures.verify(what, keyring, () -> FileRange.open(file, signed.offset(), signed.length()));
            return content(first, what, key);
        } catch (ArchiveException e) {
            throw broken(what, String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] member(GzipMembers members, String what) throws IOException {
        if (!members.next()) {
            throw broken(what, "it ends too early", null);
        }
        byte[] content = members.content().readNBytes(MAX_TEXT);
        if (content.length == MAX_TEXT) {
            throw broken(what, "it is over " + MAX_TEXT + " bytes", null);
        }
        return content;
    }

    private static IndexFile content(byte[] tar, String what, @Nullable String key) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(tar), TarLimits.SMALL);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            if (entry.path().equals("APKINDEX")) {
                try (InputStream in = reader.content()) {
                    return new IndexFile(in.readAllBytes(), entry.mtime(), key);
                }
            }
        }
        throw broken(what, "its tar has no APKINDEX", null);
    }

    private static ApkException broken(String what, String why, @Nullable Throwable cause) {
        return new ApkException(ApkException.Code.INDEX_FORMAT, what + " is no apk index: " + why, cause);
    }
}
