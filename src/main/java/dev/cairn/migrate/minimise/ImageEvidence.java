package dev.cairn.migrate.minimise;

import dev.cairn.elf.ElfException;
import dev.cairn.elf.ElfFacts;
import dev.cairn.elf.ElfFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Evidence from an unpacked image: what its programs are linked with, and what traced runs opened.
public final class ImageEvidence {
    private static final int MOST_FILES = 500_000;
    private static final Set<String> NO_FILES = Set.of("/proc", "/sys", "/dev");

    private final Path root;
    private final InstalledFiles files;

    /// @param root the unpacked image; links in it are followed within it only
    public ImageEvidence(Path root) throws IOException {
        this.root = root;
        this.files = InstalledFiles.read(root);
    }

    /// Whether the image tells which files belong to which package.
    public boolean hasPackages() {
        return !files.isEmpty();
    }

    /// What a traced run shows.
    ///
    /// @param command the command, for people
    /// @param paths the paths that it opened
    public RunEvidence traced(String command, Set<String> paths) {
        SortedMap<String, String> opened = new TreeMap<>();
        for (String path : paths) {
            files.owner(path).ifPresent(name -> opened.merge(name, path, (a, b) -> a.compareTo(b) <= 0 ? a : b));
        }
        return new RunEvidence(
                new TreeSet<>(List.of(command)), new TreeSet<>(), opened, new TreeMap<>(), new TreeMap<>(), false);
    }

    /// What the programs and libraries are linked with that belong to no package, and which libraries the packages for
    /// development depend on.
    ///
    /// @param names the packages that the Dockerfile installs
    public RunEvidence linked(Set<String> names) throws IOException {
        SortedMap<String, String> needed = new TreeMap<>();
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NO_FILES.contains("/" + root.relativize(folder))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() > 64) {
                    all.add(file);
                }
                return all.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        for (Path file : all) {
            String path = "/" + root.relativize(file);
            if (files.owner(path).isEmpty()) {
                for (String soname : needs(file)) {
                    files.library(soname)
                            .ifPresent(name -> needed.merge(
                                    name, path + " needs " + soname, (a, b) -> a.compareTo(b) <= 0 ? a : b));
                }
            }
        }
        return new RunEvidence(new TreeSet<>(), installed(names), new TreeMap<>(), needed, libraries(), true);
    }

    /// Those of the packages that the image has.
    public SortedSet<String> installed(Set<String> names) {
        SortedSet<String> found = new TreeSet<>(names);
        found.removeIf(each -> !files.isInstalled(each));
        return found;
    }

    private static List<String> needs(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return ElfFile.read(channel).map(ElfFacts::needed).orElse(List.of());
        } catch (ElfException e) {
            return List.of();
        }
    }

    /// For each installed package for development, the installed libraries that it depends on.
    private SortedMap<String, String> libraries() {
        SortedMap<String, String> found = new TreeMap<>();
        for (String name : files.names()) {
            if (name.endsWith("-dev") || name.endsWith("-devel")) {
                Set<String> libraries = new TreeSet<>();
                for (String each : files.depends(name)) {
                    boolean library = !each.endsWith("-dev") && !each.isEmpty() && isLibrary(each);
                    if (library) {
                        libraries.add(each);
                    }
                }
                if (!libraries.isEmpty() && libraries.size() <= 6) {
                    found.put(name, String.join(" ", libraries));
                }
            }
        }
        return found;
    }

    private boolean isLibrary(String name) {
        Optional<String> plain = Optional.of(name).filter(files::isInstalled);
        return plain.isPresent() && name.startsWith("lib") && !name.startsWith("libc6");
    }
}
