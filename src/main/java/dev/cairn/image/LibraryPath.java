package dev.cairn.image;

import dev.cairn.elf.ElfFacts;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The directories in which glibc's loader looks for libraries: those of `/etc/ld.so.conf` and of the files that it
/// includes, which it knows through `/etc/ld.so.cache` only, and behind them those that are built into it.
final class LibraryPath {
    static final String CONFIGURATION = "etc/ld.so.conf";
    /// What stands in the file that a runtime image has no package for (Debian's libc-bin).
    static final String DISTRIBUTIONS = "include /etc/ld.so.conf.d/*.conf\n";

    private static final int MOST = 1000;

    private final ImageTree tree;
    private final Captured captured;
    private final Map<String, String> configured = new LinkedHashMap<>();
    private final Map<String, String> builtIn = new LinkedHashMap<>();

    /// @param machine whose libraries are meant (`e_machine`)
    LibraryPath(ImageTree tree, Captured captured, int machine) {
        this.tree = tree;
        this.captured = captured;
        String triplet = triplet(machine);
        boolean debian = !triplet.isEmpty() && tree.view().hasDirectory("usr/lib/" + triplet);
        List<String> places = debian
                ? List.of("/lib/" + triplet, "/usr/lib/" + triplet, "/lib", "/usr/lib")
                : List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64");
        places.forEach(each -> add(builtIn, each));
        byte[] main = captured.find(CONFIGURATION);
        read(main == null ? DebianFiles.utf8(DISTRIBUTIONS) : main, 0);
    }

    /// Debian's directory for the libraries of one architecture.
    private static String triplet(int machine) {
        return switch (machine) {
            case ElfFacts.X86_64 -> "x86_64-linux-gnu";
            case ElfFacts.AARCH64 -> "aarch64-linux-gnu";
            case ElfFacts.I386 -> "i386-linux-gnu";
            case ElfFacts.ARM -> "arm-linux-gnueabihf";
            default -> "";
        };
    }

    private void read(byte[] file, int depth) {
        for (String raw : new String(file, StandardCharsets.UTF_8).split("\n", -1)) {
            int comment = raw.indexOf('#');
            String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
            if (line.startsWith("include ") || line.startsWith("include\t")) {
                include(line.substring(8).strip(), depth);
            } else if (line.startsWith("/") && configured.size() < MOST) {
                add(configured, line);
            }
        }
    }

    /// The one form of include that distributions use: every `.conf` of a folder.
    private void include(String pattern, int depth) {
        if (depth > 4) {
            return;
        }
        String path = pattern.startsWith("/") ? pattern.substring(1) : "etc/" + pattern;
        int star = path.indexOf('*');
        if (star < 0) {
            byte[] file = captured.find(path);
            if (file != null) {
                read(file, depth + 1);
            }
            return;
        }
        String end = path.substring(star + 1);
        SortedMap<String, byte[]> files = captured.below(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
        files.forEach((name, content) -> {
            if (name.startsWith(path.substring(0, star)) && name.endsWith(end)) {
                read(content, depth + 1);
            }
        });
    }

    /// Directories that are one through links count once, by their first name.
    private void add(Map<String, String> to, String directory) {
        to.putIfAbsent(tree.canonical(directory, true), trimmed(directory));
    }

    private static String trimmed(String directory) {
        int end = directory.length();
        while (end > 1 && directory.charAt(end - 1) == '/') {
            end--;
        }
        return directory.substring(0, end);
    }

    /// Whether a library in this canonical directory is found through the cache only.
    boolean needsCache(String directory) {
        return configured.containsKey(directory) && !builtIn.containsKey(directory);
    }

    /// Every directory in search order: its canonical path, and the name that it was configured by.
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>(configured);
        builtIn.forEach(all::putIfAbsent);
        return all;
    }
}
