package dev.cairn.keys;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The keys that sign Alpine Linux's repositories, as Cairn ships them, so that a definition that names Alpine's own
/// server needs no keyring. They are used for no other repository.
///
/// `docs/reference/alpine-keys.md` lists the fingerprints and says where the files come from.
public final class AlpineKeys {
    private static final String PREFIX = "alpine-devel@lists.alpinelinux.org-";
    private static final List<String> NUMBERS = List.of(
            "4a6a0840",
            "5243ef4b",
            "524d27bb",
            "5261cecb",
            "58199dcc",
            "58cbb476",
            "58e4f17d",
            "5e69ca50",
            "60ac2099",
            "6165ee59",
            "61666e3f",
            "616a9724",
            "616abc23",
            "616ac3bc",
            "616adfeb",
            "616ae350",
            "616db30d");

    private AlpineKeys() {}

    /// The PEM files by the names that Alpine's signatures call them by.
    public static SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String number : NUMBERS) {
            String name = PREFIX + number + ".rsa.pub";
            files.put(name, read(name));
        }
        return files;
    }

    private static byte[] read(String name) {
        try (InputStream in = AlpineKeys.class.getResourceAsStream("alpine/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("resource alpine/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cairn's own copy of Alpine's keys cannot be read", e);
        }
    }
}
