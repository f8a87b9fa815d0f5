package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.oci.layout.DeleteTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of the cache to work in, which goes away when it is closed; `cairn cache clean partial` removes what a
/// stopped run left.
record ScratchFolder(Path path) implements AutoCloseable {
    static ScratchFolder in(CacheDirectory cache) throws IOException {
        Path partial = Files.createDirectories(cache.folder(CacheDirectory.Kind.PARTIAL));
        return new ScratchFolder(Files.createTempDirectory(partial, "scratch"));
    }

    @Override
    public void close() throws IOException {
        DeleteTree.ifExists(path);
    }
}
