package dev.cairn.keys;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys that sign Debian's archive, as Cairn ships them; the host's are never read.
///
/// `docs/reference/debian-keys.md` lists the fingerprints and says where the files come from.
public final class DebianKeys {
    private static final List<String> RELEASES = List.of("trixie", "bookworm", "bullseye");
    private static final List<String> ROLES = List.of("automatic", "security-automatic", "stable");

    private DebianKeys() {}

    /// The archive, security and release keys of every Debian release that Cairn knows, as one keyring.
    public static OpenPgpKeyring all() {
        return OpenPgpKeyring.parse(List.copyOf(files().values()));
    }

    /// The armoured key files by name (`trixie-automatic.asc`), newest release first.
    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names()) {
            files.put(name, read(name));
        }
        return files;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String release : RELEASES) {
            for (String role : ROLES) {
                names.add(release + "-" + role + ".asc");
            }
        }
        return names;
    }

    private static byte[] read(String name) {
        try (InputStream in = DebianKeys.class.getResourceAsStream("debian/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("resource debian/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cairn's own copy of Debian's keys cannot be read", e);
        }
    }
}
