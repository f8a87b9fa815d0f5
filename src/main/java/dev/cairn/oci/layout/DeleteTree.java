package dev.cairn.oci.layout;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Removes a file, a link (never what it points to) or a folder with everything in it.
public final class DeleteTree {
    private DeleteTree() {}

    /// Removes it, if it is there.
    public static void ifExists(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    ifExists(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
