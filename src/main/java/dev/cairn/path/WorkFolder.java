package dev.cairn.path;

import dev.cairn.digest.Digest;
import dev.cairn.digest.HashingOutputStream;
import dev.cairn.oci.layout.DeleteTree;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where a path's copies, images and answers lie. Nothing of it is the user's; it can be thrown away at any time.
public final class WorkFolder {
    private static final int MOST_FILES = 100_000;
    private static final long MOST_BYTES = 2L << 30;

    private final Path root;

    private WorkFolder(Path root) {
        this.root = root;
    }

    /// This folder, which is made if need be.
    public static WorkFolder at(Path root) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        Files.createDirectories(absolute);
        return new WorkFolder(absolute.toRealPath());
    }

    /// The folder.
    public Path root() {
        return root;
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /// The repository as it is after a step.
    public Path state(PathStep step) {
        return root.resolve("steps").resolve(step.id());
    }

    /// A fresh copy of a folder as the state after a step: without `.git`, and without links that lead out of it.
    void copy(Path from, PathStep step) throws IOException {
        Path to = state(step);
        DeleteTree.ifExists(to);
        Files.createDirectories(to);
        new Copy(from, to, root).run();
    }

    /// Removes everything.
    public void discard() throws IOException {
        DeleteTree.ifExists(root);
    }

    /// A hash over a folder: paths, kinds, the execute permission, contents.
    static String hash(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(each -> !each.equals(folder)).sorted().forEach(all::add);
        }
        try (HashingOutputStream hash = new HashingOutputStream(OutputStream.nullOutputStream());
                DataOutputStream out = new DataOutputStream(hash)) {
            for (Path each : all) {
                out.writeUTF(folder.relativize(each).toString());
                if (Files.isSymbolicLink(each)) {
                    out.writeUTF("link " + Files.readSymbolicLink(each));
                } else if (Files.isRegularFile(each)) {
                    out.writeUTF(Files.isExecutable(each) ? "program" : "file");
                    out.writeLong(Files.size(each));
                    Files.copy(each, out);
                }
            }
            out.flush();
            return hash.digest().hex();
        }
    }

    static String hash(String text) {
        return Digest.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex();
    }

    /// One copy.
    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;
        private final Path work;
        private int files;
        private long bytes;

        Copy(Path from, Path to, Path work) {
            this.from = from;
            this.to = to;
            this.work = work;
        }

        void run() throws IOException {
            Files.walkFileTree(from, this);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
            if (String.valueOf(each.getFileName()).equals(".git")
                    || each.toAbsolutePath().normalize().equals(work)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(each).toString()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
            files++;
            bytes += attributes.size();
            if (files > MOST_FILES || bytes > MOST_BYTES) {
                throw new PathException(
                        PathException.Code.REPOSITORY,
                        from + " is too large to copy: more than " + MOST_FILES + " files or " + (MOST_BYTES >> 30)
                                + " GiB\ntry: cairn path with the folder of one service");
            }
            Path target = to.resolve(from.relativize(each).toString());
            if (attributes.isSymbolicLink()) {
                Path link = Files.readSymbolicLink(each);
                if (!link.isAbsolute() && each.resolveSibling(link).normalize().startsWith(from)) {
                    Files.createSymbolicLink(target, link);
                }
            } else if (attributes.isRegularFile()) {
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
