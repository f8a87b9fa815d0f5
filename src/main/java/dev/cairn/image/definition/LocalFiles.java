package dev.cairn.image.definition;

import dev.cairn.image.definition.DefinitionException.Code;
import dev.cairn.image.definition.LocalFile.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// Finds and lists the local files that a definition names.
final class LocalFiles {
    private static final int DIRECTORY_MODE = 0755;
    private static final int MOST_ENTRIES = 100_000;
    private static final int DEEPEST = 64;

    private LocalFiles() {}

    /// The path that `text`, written in the definition `file`, means.
    static Path beside(Path file, String text) {
        Path below = file.resolveSibling(text);
        if (!Files.exists(below)) {
            Path working = Path.of(text);
            if (Files.exists(working)) {
                return working;
            }
        }
        return below;
    }

    /// What `copy` writes.
    static List<LocalFile> entries(FileCopy copy) throws IOException {
        if (Files.isRegularFile(copy.source())) {
            return List.of(file(copy, copy.source(), copy.path()));
        }
        List<LocalFile> entries = new ArrayList<>();
        entries.add(new LocalFile(Kind.DIRECTORY, copy.path(), copy.source(), DIRECTORY_MODE, ""));
        walk(copy, copy.source(), copy.path(), 0, entries);
        return List.copyOf(entries);
    }

    private static void walk(FileCopy copy, Path folder, String path, int depth, List<LocalFile> entries)
            throws IOException {
        if (depth > DEEPEST || entries.size() > MOST_ENTRIES) {
            throw refused(copy, Code.TOO_LARGE, "'" + folder + "' is too deep, or has too many files");
        }
        for (Path child : children(folder)) {
            String name = name(copy, child);
            String target = path.equals("/") ? path + name : path + "/" + name;
            if (Files.isSymbolicLink(child)) {
                entries.add(link(copy, child, target, depth));
            } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                entries.add(new LocalFile(Kind.DIRECTORY, target, child, DIRECTORY_MODE, ""));
                walk(copy, child, target, depth + 1, entries);
            } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                entries.add(file(copy, child, target));
            } else {
                throw refused(copy, Code.BAD_VALUE, "'" + child + "' is neither a file, a folder nor a link");
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        children.sort((a, b) -> last(a).compareTo(last(b)));
        return children;
    }

    private static String name(FileCopy copy, Path child) {
        String name = last(child);
        if (!TextRule.LINE.allows(name) || name.indexOf('\ufffd') >= 0) {
            throw refused(copy, Code.BAD_VALUE, "a file in '" + child.getParent() + "' has an odd name");
        }
        return name;
    }

    /// The last element of a path that has one.
    static String last(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static LocalFile file(FileCopy copy, Path file, String path) throws IOException {
        int mode = copy.permissions().isPresent()
                ? copy.permissions().getAsInt()
                : Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE) ? 0755 : 0644;
        return new LocalFile(Kind.FILE, path, file, mode, "");
    }

    /// Links are kept while they stay inside the folder; `depth` says how many steps up that allows.
    private static LocalFile link(FileCopy copy, Path link, String path, int depth) throws IOException {
        Path target = Files.readSymbolicLink(link);
        int level = depth;
        for (Path step : target) {
            level += step.toString().equals("..") ? -1 : step.toString().equals(".") ? 0 : 1;
            if (level < 0) {
                break;
            }
        }
        if (target.isAbsolute() || level < 0) {
            throw refused(copy, Code.BAD_VALUE, "the link '" + link + "' leads out of '" + copy.source() + "'");
        }
        return new LocalFile(Kind.SYMLINK, path, link, 0777, target.toString());
    }

    private static DefinitionException refused(FileCopy copy, Code code, String problem) {
        return new DefinitionException(code, copy.position(), problem, "", "");
    }
}
