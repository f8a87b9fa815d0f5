package dev.cairn.image.definition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/// A local file or folder that goes into the image.
///
/// @param source where it is on this machine
/// @param path the absolute path in the image: of the file, or of the folder that the contents go to
/// @param owner the owner of everything copied
/// @param permissions the files' bits; empty takes 0o755 where the local owner may execute the file, else 0o644
/// @param position where the definition says it
public record FileCopy(Path source, String path, Owner owner, OptionalInt permissions, Position position) {

    /// What is to be written, in an order that is the same everywhere: a folder comes before what is in it.
    ///
    /// @throws IOException when a file cannot be read
    /// @throws DefinitionException for what cannot be copied: devices, sockets, links that lead out of the folder
    public List<LocalFile> entries() throws IOException {
        return LocalFiles.entries(this);
    }
}
