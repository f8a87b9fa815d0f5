package dev.cairn.packages.apk;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.keys.RsaKey;
import dev.cairn.keys.SignatureHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The signatures in the first gzip member of a package or an index, over the raw bytes of the next member.
record ApkSignatures(List<Entry> entries) {
    private static final int MAX_SIGNATURE = 64 << 10;
    private static final String PREFIX = ".SIGN.";

    /// One signature; `hash` is null for a kind that is not known.
    record Entry(String keyName, @Nullable SignatureHash hash, Bytes signature) {}

    /// Bytes as a value.
    record Bytes(String latin1) {
        byte[] array() {
            return latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    ApkSignatures {
        entries = List.copyOf(entries);
    }

    static boolean isSignature(@Nullable TarEntry first) {
        return first != null && first.path().startsWith(PREFIX);
    }

    /// Reads the signature member's tar.
    static ApkSignatures read(InputStream tar) throws IOException {
        TarReader reader = new TarReader(tar, TarLimits.SMALL.withTotalSize(1 << 20));
        List<Entry> entries = new ArrayList<>();
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            if (!isSignature(entry) || entry.size() > MAX_SIGNATURE) {
                throw new ApkException(
                        ApkException.Code.PACKAGE_FORMAT,
                        "the signature member holds '" + entry.path() + "', expected only .SIGN.… files");
            }
            entries.add(entry(entry.path(), reader.content().readAllBytes()));
        }
        return new ApkSignatures(entries);
    }

    private static Entry entry(String path, byte[] signature) {
        int dot = path.indexOf('.', PREFIX.length());
        String kind = dot < 0 ? "" : path.substring(PREFIX.length(), dot);
        SignatureHash hash = switch (kind) {
            case "RSA" -> SignatureHash.SHA1;
            case "RSA256" -> SignatureHash.SHA256;
            case "RSA512" -> SignatureHash.SHA512;
            default -> null;
        };
        Bytes bytes = new Bytes(new String(signature, java.nio.charset.StandardCharsets.ISO_8859_1));
        return new Entry(path.substring(dot + 1), hash, bytes);
    }

    /// What is signed, as often as it is asked for.
    interface Signed {
        InputStream open() throws IOException;
    }

    /// Checks that a key of the keyring vouches for `signed`. Of several signatures one by a known key is enough, but
    /// each by a known key has to hold.
    ///
    /// @param what the file, for messages
    /// @return the key's name; null where there is none and the keyring allows that
    @Nullable
    String verify(String what, ApkKeyring keyring, Signed signed) throws IOException {
        String verified = null;
        for (Entry entry : entries) {
            RsaKey key = keyring.find(entry.keyName);
            if (key == null || entry.hash == null) {
                continue;
            }
            try (InputStream in = signed.open()) {
                if (!key.verify(entry.hash, entry.signature.array(), in)) {
                    throw new ApkException(
                            ApkException.Code.SIGNATURE,
                            what + ": the signature by " + entry.keyName + " does not fit its content");
                }
            }
            verified = entry.keyName;
        }
        if (verified == null && !keyring.allowsUntrusted()) {
            throw untrusted(what, keyring);
        }
        return verified;
    }

    private ApkException untrusted(String what, ApkKeyring keyring) {
        List<String> names = new ArrayList<>();
        for (Entry entry : entries) {
            names.add(entry.keyName);
        }
        List<String> known = new ArrayList<>();
        for (RsaKey key : keyring.keys()) {
            known.add(key.name());
        }
        String found = names.isEmpty() ? "it is not signed" : "it is signed by " + String.join(", ", names);
        String expected = known.isEmpty() ? "the keyring is empty" : "the keyring has " + String.join(", ", known);
        return new ApkException(
                ApkException.Code.SIGNATURE,
                what + " is not trusted: " + found + ", and " + expected
                        + "\ntry: name the repository's key file in the keyring, or --allow-untrusted for a test");
    }
}
