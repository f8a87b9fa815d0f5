package dev.cairn.packages.apk;

import dev.cairn.digest.Digest;
import dev.cairn.keys.RsaKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The RSA keys that may sign packages and indexes, by file name: a signature says which one it is by
/// (`.SIGN.RSA.<name>`), as in `/etc/apk/keys`.
public final class ApkKeyring {
    private final Map<String, RsaKey> keys;
    private final boolean untrustedAllowed;

    private ApkKeyring(Map<String, RsaKey> keys, boolean untrustedAllowed) {
        this.keys = new TreeMap<>(keys);
        this.untrustedAllowed = untrustedAllowed;
    }

    /// A keyring of these keys.
    public static ApkKeyring of(List<RsaKey> keys) {
        Map<String, RsaKey> byName = new TreeMap<>();
        for (RsaKey key : keys) {
            byName.put(key.name(), key);
        }
        return new ApkKeyring(byName, false);
    }

    /// Reads key files, and all `*.pub` files of folders.
    public static ApkKeyring load(List<Path> filesAndFolders) throws IOException {
        List<RsaKey> keys = new ArrayList<>();
        for (Path path : filesAndFolders) {
            for (Path file : Files.isDirectory(path) ? publicKeys(path) : List.of(path)) {
                keys.add(RsaKey.parsePem(Files.readAllBytes(file), String.valueOf(file.getFileName())));
            }
        }
        return of(keys);
    }

    private static List<Path> publicKeys(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".pub")).sorted().toList();
        }
    }

    /// This keyring, but what has no signature, or none by a known key, is accepted too (`--allow-untrusted`). A
    /// signature by a known key still has to hold.
    public ApkKeyring allowingUntrusted() {
        return new ApkKeyring(keys, true);
    }

    /// Whether what nobody known has signed is accepted.
    public boolean allowsUntrusted() {
        return untrustedAllowed;
    }

    /// The keys, sorted by name.
    public List<RsaKey> keys() {
        return List.copyOf(keys.values());
    }

    @Nullable
    RsaKey find(String name) {
        return keys.get(name);
    }

    /// What this keyring trusts, as one digest: facts that were checked with it are kept by it.
    Digest fingerprint() {
        StringBuilder text = new StringBuilder(untrustedAllowed ? "untrusted\n" : "trusted\n");
        for (RsaKey key : keys.values()) {
            text.append(key.name()).append('\n').append(key.pem()).append('\n');
        }
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "keyring " + keys.keySet();
    }
}
