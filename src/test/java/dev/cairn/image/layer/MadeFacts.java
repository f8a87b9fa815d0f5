package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import dev.cairn.digest.Digest;
import dev.cairn.packages.deb.Alternative;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Facts of packages that need no bytes: for tests of what is decided by facts alone.
public final class MadeFacts {
    private MadeFacts() {}

    /// A file whose content is told by a number.
    public static FileFact file(String path, int content) {
        return new FileFact(path, TarEntry.Type.FILE, 0644, 0, 0, 4, "", "", new ContentId(content, 1, 1));
    }

    public static FileFact symlink(String path, String target) {
        return new FileFact(path, TarEntry.Type.SYMLINK, 0777, 0, 0, 0, target, "", ContentId.NONE);
    }

    public static FileFact directory(String path, int mode, long uid) {
        return new FileFact(path, TarEntry.Type.DIRECTORY, mode, uid, uid, 0, "", "", ContentId.NONE);
    }

    /// A package with these entries, a layer of `layerSize` bytes, and this paragraph in the package database.
    public static PackageFacts of(String name, long layerSize, String stanza, FileFact... files) {
        return of(name, layerSize, stanza, Map.of(), files);
    }

    /// The same with captured files.
    public static PackageFacts of(
            String name, long layerSize, String stanza, Map<String, byte[]> captured, FileFact... files) {
        Digest digest = Digest.of(name.getBytes(StandardCharsets.UTF_8));
        StoredLayer layer = new StoredLayer(LayerForm.TRANSCODED, digest, layerSize, digest, 1024, digest, 0);
        List<FileFact> all = List.of(files);
        long[] hashes = Arrays.stream(files)
                .filter(each -> !each.isDirectory())
                .mapToLong(each -> PathHashes.hash(each.path()))
                .toArray();
        return new PackageFacts(
                layer,
                "",
                1_700_000_000L,
                0,
                all.stream().filter(FileFact::isDirectory).toList(),
                new PathHashes(hashes),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                captured,
                Piece.of(stanza.getBytes(StandardCharsets.UTF_8)),
                Piece.of(new byte[0]),
                FileList.of(all));
    }

    /// The same facts with these ELF files and alternatives.
    public static PackageFacts with(PackageFacts facts, List<ElfObject> objects, List<Alternative> alternatives) {
        return new PackageFacts(
                facts.layer(),
                facts.note(),
                facts.newest(),
                facts.installedSize(),
                facts.directories(),
                facts.paths(),
                facts.needed(),
                facts.sonames(),
                objects,
                alternatives,
                facts.captured(),
                facts.stanza(),
                facts.checksums(),
                facts.files());
    }
}
