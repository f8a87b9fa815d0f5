package dev.cairn.migrate.minimise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The packages of an unpacked image and their files, from dpkg's lists or apk's database. Nothing outside of the root
/// is read, whatever its links say.
final class InstalledFiles {
    private static final long LARGEST = 64 << 20;
    private static final int MOST_LINKS = 40;

    private final Path root;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, List<String>> depends = new HashMap<>();
    private final Map<String, String> libraries = new HashMap<>();

    private InstalledFiles(Path root) {
        this.root = root;
    }

    static InstalledFiles read(Path root) throws IOException {
        InstalledFiles files = new InstalledFiles(root);
        files.dpkg(root.resolve("var/lib/dpkg/info"));
        files.dpkg(root.resolve("var/lib/dpkg/status.d"));
        files.status(root.resolve("var/lib/dpkg/status"));
        files.apk(root.resolve("lib/apk/db/installed"));
        files.apk(root.resolve("usr/lib/apk/db/installed"));
        return files;
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
            return List.of();
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    }

    /// `NAME.list` or `NAME:ARCH.list`, a path a line; `NAME.md5sums`, a sum and a path without its first slash.
    private void dpkg(Path info) throws IOException {
        if (!Files.isDirectory(info, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.list(info)) {
            for (Path file : all.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                boolean list = name.endsWith(".list");
                if (list || name.endsWith(".md5sums")) {
                    String whole = name.substring(0, name.lastIndexOf('.'));
                    String plain = whole.indexOf(':') < 0 ? whole : whole.substring(0, whole.indexOf(':'));
                    for (String line : lines(file)) {
                        int blank = line.indexOf(' ');
                        own(list ? line : "/" + line.substring(blank + 1).strip(), plain);
                    }
                }
            }
        }
    }

    private void status(Path file) throws IOException {
        String name = "";
        for (String line : lines(file)) {
            if (line.startsWith("Package: ")) {
                name = line.substring(9).strip();
            } else if (line.startsWith("Depends: ") || line.startsWith("Pre-Depends: ")) {
                List<String> into = depends.computeIfAbsent(name, key -> new ArrayList<>());
                for (String each : line.substring(line.indexOf(' ') + 1).split("[,|]", -1)) {
                    into.add(each.strip().split("[ (:]", 2)[0]);
                }
            }
        }
    }

    private void apk(Path file) throws IOException {
        String name = "";
        String folder = "";
        for (String line : lines(file)) {
            if (line.startsWith("P:")) {
                name = line.substring(2);
                depends.putIfAbsent(name, new ArrayList<>());
            } else if (line.startsWith("F:")) {
                folder = line.substring(2);
            } else if (line.startsWith("R:")) {
                own("/" + (folder.isEmpty() ? "" : folder + "/") + line.substring(2), name);
            } else if (line.startsWith("D:")) {
                List<String> into = depends.computeIfAbsent(name, key -> new ArrayList<>());
                for (String each : line.substring(2).split(" ", -1)) {
                    into.add(each.split("[=<>~]", 2)[0]);
                }
            }
        }
    }

    private void own(String path, String name) {
        if (path.length() > 1 && !name.isEmpty()) {
            owners.putIfAbsent(merged(path), name);
        }
    }

    /// `/lib` is `/usr/lib` for dpkg's lists and for programs, whichever they say.
    private static String merged(String path) {
        boolean old = path.startsWith("/lib/")
                || path.startsWith("/lib64/")
                || path.startsWith("/bin/")
                || path.startsWith("/sbin/");
        return old ? "/usr" + path : path;
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    /// The package that a file of the image belongs to, links followed; empty for folders and for files of none.
    Optional<String> owner(String path) {
        String own = Files.isDirectory(inside(path), LinkOption.NOFOLLOW_LINKS) ? null : owners.get(merged(path));
        if (own != null) {
            return Optional.of(own);
        }
        String target = resolved(path);
        return Files.isRegularFile(inside(target), LinkOption.NOFOLLOW_LINKS)
                ? Optional.ofNullable(owners.get(merged(target)))
                : Optional.empty();
    }

    /// The package of the library with this file name; the first by name where there are several.
    Optional<String> library(String soname) {
        if (libraries.isEmpty()) {
            owners.forEach((path, owner) -> {
                if (path.contains("/lib") && path.contains(".so")) {
                    libraries.merge(
                            path.substring(path.lastIndexOf('/') + 1), owner, (a, b) -> a.compareTo(b) <= 0 ? a : b);
                }
            });
        }
        return Optional.ofNullable(libraries.get(soname));
    }

    List<String> depends(String name) {
        return List.copyOf(depends.getOrDefault(name, List.of()));
    }

    boolean isInstalled(String name) {
        return depends.containsKey(name) || owners.containsValue(name);
    }

    Set<String> names() {
        return new TreeSet<>(owners.values());
    }

    private Path inside(String path) {
        return root.resolve(path.substring(Math.min(1, path.length())));
    }

    /// The path with all links in it followed, as seen from the root.
    private String resolved(String path) {
        Deque<String> names = new ArrayDeque<>(List.of(path.split("/", -1)));
        Deque<String> done = new ArrayDeque<>();
        int links = 0;
        while (!names.isEmpty()) {
            String name = names.pollFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                done.pollLast();
                continue;
            }
            Path here = inside("/" + String.join("/", done) + (done.isEmpty() ? "" : "/") + name);
            String target = links < MOST_LINKS ? link(here) : "";
            if (target.isEmpty()) {
                done.addLast(name);
                continue;
            }
            links++;
            if (target.startsWith("/")) {
                done.clear();
            }
            List<String> more = List.of(target.split("/", -1));
            for (int i = more.size() - 1; i >= 0; i--) {
                names.addFirst(more.get(i));
            }
        }
        return "/" + String.join("/", done);
    }

    private static String link(Path path) {
        try {
            return Files.isSymbolicLink(path) ? Files.readSymbolicLink(path).toString() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
