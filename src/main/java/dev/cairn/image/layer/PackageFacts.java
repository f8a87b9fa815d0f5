package dev.cairn.image.layer;

import dev.cairn.packages.deb.Alternative;
import java.util.List;
import java.util.Map;

/// What assembly needs of a package, computed once when the package is first used. With these facts at hand an image is
/// put together without reading any package.
///
/// @param layer the package as a layer
/// @param note why the layer is not the package's own bytes; empty for a verbatim one
/// @param newest the newest modification time among its entries, in seconds since 1970
/// @param installedSize the bytes of all its files
/// @param directories its directories, in layer order
/// @param paths its files and links, hashed
/// @param needed the sonames that its ELF files ask for, sorted
/// @param sonames the sonames that it brings, sorted
/// @param objects its ELF files that are linked dynamically
/// @param alternatives what it offers as generic names (deb)
/// @param captured the content of the few small files that generated files are made of (account masters, certificates),
///     by path
/// @param stanza its paragraph in the package database: apk's with its file list, dpkg's without its status line
/// @param checksums its `md5sums` file (deb), else empty
/// @param files every entry, decoded on demand
public record PackageFacts(
        StoredLayer layer,
        String note,
        long newest,
        long installedSize,
        List<FileFact> directories,
        PathHashes paths,
        List<String> needed,
        List<String> sonames,
        List<ElfObject> objects,
        List<Alternative> alternatives,
        Map<String, byte[]> captured,
        Piece stanza,
        Piece checksums,
        FileList files) {

    public PackageFacts {
        directories = List.copyOf(directories);
        needed = List.copyOf(needed);
        sonames = List.copyOf(sonames);
        objects = List.copyOf(objects);
        alternatives = List.copyOf(alternatives);
    }
}
