package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;

/// Which files' content is kept with a package's facts: the masters and parts that generated files are made of.
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
                        || path.startsWith("etc/busybox-paths.d/");
        };
    }
}
