package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import dev.cairn.elf.ElfFacts;
import dev.cairn.packages.deb.Alternative;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Gathers a package's facts while its entries pass.
final class FactsCollector implements AutoCloseable {
    /// More entries than any real package has (the largest has about 40,000).
    private static final int MOST_ENTRIES = 1_000_000;

    private final ContentObserver observer = new ContentObserver();
    private final List<FileFact> files = new ArrayList<>();
    private final List<FileFact> directories = new ArrayList<>();
    private final Set<String> needed = new TreeSet<>();
    private final Set<String> sonames = new TreeSet<>();
    private final List<ElfObject> objects = new ArrayList<>();
    private final Map<String, byte[]> captured = new TreeMap<>();
    private final Map<String, String> md5s = new TreeMap<>();
    private long newest;
    private long installedSize;

    /// The content of an entry that is about to be read and then told by [#add].
    InputStream watch(TarEntry entry, InputStream content) {
        return entry.isFile() ? observer.watch(entry, content) : content;
    }

    /// Takes an entry whose content, if it is a file, has been read through [#watch].
    void add(TarEntry entry) throws IOException {
        if (files.size() >= MOST_ENTRIES) {
            throw new LayerException(
                    LayerException.Code.UNSAFE_CONTENT, "the package has more than " + MOST_ENTRIES + " entries");
        }
        newest = Math.max(newest, entry.mtime());
        switch (entry.type()) {
            case DIRECTORY -> {
                FileFact fact = fact(entry, "", ContentId.NONE);
                directories.add(fact);
                files.add(fact);
            }
            case FILE -> file(entry);
            case SYMLINK, HARDLINK -> files.add(fact(entry, "", ContentId.NONE));
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                throw new LayerException(LayerException.Code.UNSAFE_CONTENT, entry.path() + " is a device or a pipe");
        }
    }

    private void file(TarEntry entry) throws IOException {
        ContentObserver.Content found = observer.finish(entry);
        boolean executable = (entry.mode() & 0111) != 0;
        files.add(fact(entry, executable ? found.interpreter() : "", found.id()));
        installedSize += entry.size();
        if (!found.md5().isEmpty()) {
            md5s.put(entry.path(), found.md5());
        }
        found.elf().ifPresent(elf -> links(entry.path(), elf));
        Piece.Bytes kept = found.captured();
        if (kept != null) {
            captured.put(entry.path(), Captures.kept(entry.path(), kept.run()));
        }
    }

    private void links(String path, ElfFacts elf) {
        if (elf.dynamic()) {
            objects.add(ElfObject.of(path, elf));
        }
        needed.addAll(elf.needed());
        if (elf.soname() != null && !elf.soname().isEmpty()) {
            sonames.add(elf.soname());
        }
    }

    private static FileFact fact(TarEntry entry, String interpreter, ContentId id) {
        return new FileFact(
                entry.path(),
                entry.type(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.type() == TarEntry.Type.FILE ? entry.size() : 0,
                entry.link(),
                interpreter,
                id);
    }

    /// The MD5 of each file below `etc`, which dpkg wants of configuration files.
    Map<String, String> md5s() {
        return md5s;
    }

    List<FileFact> files() {
        return files;
    }

    PackageFacts facts(StoredLayer layer, String note, Piece stanza, Piece checksums, List<Alternative> alternatives) {
        long[] hashes = files.stream()
                .filter(file -> file.type() != TarEntry.Type.DIRECTORY)
                .mapToLong(file -> PathHashes.hash(file.path()))
                .toArray();
        return new PackageFacts(
                layer,
                note,
                newest,
                installedSize,
                directories,
                new PathHashes(hashes),
                List.copyOf(needed),
                List.copyOf(sonames),
                objects,
                alternatives,
                captured,
                stanza,
                checksums,
                FileList.of(files));
    }

    @Override
    public void close() throws IOException {
        observer.close();
    }
}
