package dev.cairn.scan.inventory;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an attacker finds in an image beside its packages; kept as properties of the bill's subject.
public final class Traits {
    /// The bytes of all files.
    public static final String SIZE = "cairn:image:size";
    /// The bytes of all layers as they are stored.
    public static final String COMPRESSED = "cairn:image:compressed-size";
    /// How many files there are.
    public static final String FILES = "cairn:image:files";
    /// The user that the image runs as; `root` where it names none.
    public static final String USER = "cairn:image:user";
    /// Shells, by path.
    public static final String SHELLS = "cairn:image:shells";
    /// Package managers, by path.
    public static final String PACKAGE_MANAGERS = "cairn:image:package-managers";
    /// Files with the set-user-id or set-group-id bit.
    public static final String SETUID = "cairn:image:setuid";
    /// When the image says that it was made.
    public static final String CREATED = "cairn:image:created";

    private static final List<String> SHELL_NAMES =
            List.of("sh", "bash", "ash", "dash", "zsh", "ksh", "fish", "busybox", "csh", "tcsh", "mksh");
    private static final List<String> MANAGER_NAMES = List.of(
            "apk",
            "apt",
            "apt-get",
            "dpkg",
            "yum",
            "dnf",
            "microdnf",
            "rpm",
            "zypper",
            "pacman",
            "pip",
            "pip3",
            "npm",
            "yarn",
            "gem",
            "cargo",
            "composer",
            "conda");
    private static final int MOST_NAMES = 100;

    private final SortedSet<String> shells = new TreeSet<>();
    private final SortedSet<String> managers = new TreeSet<>();
    private final SortedSet<String> setuid = new TreeSet<>();
    private long size;
    private long files;

    void file(String path, int mode, long bytes) {
        files++;
        size += bytes;
        if ((mode & 06000) != 0) {
            add(setuid, path);
        }
        program(path, mode);
    }

    /// Symbolic links count too: `bin/sh → busybox`.
    void link(String path) {
        program(path, 0777);
    }

    private void program(String path, int mode) {
        int slash = path.lastIndexOf('/');
        String folder = path.substring(0, Math.max(0, slash));
        if ((mode & 0111) == 0 || !folder.endsWith("bin")) {
            return;
        }
        String name = path.substring(slash + 1);
        if (SHELL_NAMES.contains(name)) {
            add(shells, path);
        } else if (MANAGER_NAMES.contains(name)) {
            add(managers, path);
        }
    }

    private static void add(SortedSet<String> set, String path) {
        if (set.size() < MOST_NAMES) {
            set.add("/" + path);
        }
    }

    SortedMap<String, String> properties() {
        SortedMap<String, String> properties = new TreeMap<>();
        properties.put(SIZE, Long.toString(size));
        properties.put(FILES, Long.toString(files));
        properties.put(SHELLS, String.join(" ", shells));
        properties.put(PACKAGE_MANAGERS, String.join(" ", managers));
        properties.put(SETUID, String.join(" ", setuid));
        return properties;
    }
}
