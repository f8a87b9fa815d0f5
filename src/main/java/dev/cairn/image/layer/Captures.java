package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import dev.cairn.packages.deb.CopyrightFile;
import java.nio.charset.StandardCharsets;

/// Which files' content is kept with a package's facts: the masters and parts that generated files are made of. Of a
/// Debian copyright file only the names of the licences are kept, a line each.
final class Captures {
    private static final long LARGEST = 1 << 20;

    private Captures() {}

    static boolean wants(TarEntry entry) {
        return entry.size() <= LARGEST && entry.type() == TarEntry.Type.FILE && wantsPath(entry.path());
    }

    private static boolean wantsPath(String path) {
        return switch (path) {
            case "etc/passwd",
                    "etc/group",
                    "etc/shadow",
                    "etc/shells",
                    "etc/os-release",
                    "usr/lib/os-release",
                    "etc/ld.so.conf",
                    "etc/ssl/certs/ca-certificates.crt" -> true;
            default ->
                path.startsWith("usr/share/ca-certificates/")
                        || path.startsWith("usr/share/base-passwd/")
                        || path.startsWith("etc/ld.so.conf.d/")
                        || path.startsWith("etc/busybox-paths.d/")
                        || CopyrightFile.isOne(path);
        };
    }

    /// What is kept of a file that is wanted.
    static byte[] kept(String path, byte[] content) {
        return CopyrightFile.isOne(path)
                ? String.join("\n", CopyrightFile.licences(content)).getBytes(StandardCharsets.UTF_8)
                : content;
    }
}
