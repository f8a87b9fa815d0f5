package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import dev.cairn.digest.HashingOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// Bytes by their digest, in one folder: `sha256/ab/abcd…`, each with a stamp beside it.
///
/// An entry is trusted while it looks as it did when its digest was last checked ([Stamp]); else it is read and hashed
/// again. An entry that is not what its name says is removed and counts as absent, so whoever wants it gets it anew.
/// Entries appear whole or not at all; several processes may put the same one. Nothing is ever written in place.
public final class ContentStore {
    private static final int BUFFER = 128 * 1024;
    private static final int MAX_LOOKS = 5;

    private final Path root;

    ContentStore(Path root) {
        this.root = root;
    }

    /// The file with these bytes, if it is here and intact.
    public Optional<Path> find(Digest digest) throws IOException {
        Path file = place(digest);
        try {
            // Another process may be replacing or stamping the entry meanwhile: look again then.
            for (int look = 0; look < MAX_LOOKS; look++) {
                Stamp before = Stamp.of(file);
                if (isStamped(file, before)) {
                    return Optional.of(file);
                }
                boolean intact = hash(file, digest.algorithm()).equals(digest);
                if (!Stamp.of(file).equals(before)) {
                    continue;
                }
                if (intact) {
                    stamp(file);
                    return Optional.of(file);
                }
                remove(file);
                return Optional.empty();
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Keeps what `in` gives, which has to be what `expected` says; an entry that is here already is used unread.
    ///
    /// @throws FetchException with `DIGEST_MISMATCH`; nothing is kept then
    public Path put(Digest expected, InputStream in) throws IOException {
        Optional<Path> present = find(expected);
        if (present.isPresent()) {
            return present.get();
        }
        Path place = place(expected);
        try (NewFile file = NewFile.in(NewFile.folder(place))) {
            Digest found = copy(in, file, expected.algorithm());
            if (!found.equals(expected)) {
                throw new FetchException(
                        FetchException.Code.DIGEST_MISMATCH, "content is not " + expected + ": found " + found);
            }
            file.moveTo(place);
            stamp(place);
            return place;
        }
    }

    /// Keeps what `content` writes.
    public Stored add(ContentWriter content) throws IOException {
        try (NewFile file = NewFile.in(root.resolve("sha256"))) {
            Digest digest;
            long size;
            try (OutputStream out = file.open();
                    HashingOutputStream hashing = new HashingOutputStream(out)) {
                content.writeTo(hashing);
                digest = hashing.digest();
                size = hashing.count();
            }
            return keep(file, digest, size);
        }
    }

    private Stored keep(NewFile file, Digest digest, long size) throws IOException {
        Optional<Path> present = find(digest);
        if (present.isPresent()) {
            return new Stored(digest, size, present.get());
        }
        Path place = place(digest);
        file.moveTo(place);
        stamp(place);
        return new Stored(digest, size, place);
    }

    /// Takes over a file of the same cache that has this digest: moves it, where the file system lets it.
    Path adopt(Path file, Digest digest) throws IOException {
        Path place = place(digest);
        Files.createDirectories(NewFile.folder(place));
        try {
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            try (InputStream in = Files.newInputStream(file)) {
                put(digest, in);
            }
            Files.deleteIfExists(file);
            return place;
        }
        stamp(place);
        return place;
    }

    /// Removes an entry, if it is here.
    public void remove(Digest digest) throws IOException {
        remove(place(digest));
    }

    private Path place(Digest digest) {
        return root.resolve(digest.algorithm().id())
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    private static Path stampPlace(Path file) {
        return file.resolveSibling(file.getFileName() + ".stamp");
    }

    /// Records how an entry looks whose digest has just been checked.
    private static void stamp(Path file) throws IOException {
        Files.setLastModifiedTime(file, Stamp.PINNED);
        NewFile.write(stampPlace(file), Stamp.of(file).toBytes());
    }

    private static boolean isStamped(Path file, Stamp now) throws IOException {
        try {
            return Arrays.equals(Files.readAllBytes(stampPlace(file)), now.toBytes());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void remove(Path file) throws IOException {
        Files.deleteIfExists(stampPlace(file));
        Files.deleteIfExists(file);
    }

    private static Digest copy(InputStream in, NewFile file, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.newHash();
        try (OutputStream out = file.open()) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return Digest.finish(algorithm, hash);
    }

    static Digest hash(Path file, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.newHash();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
        return Digest.finish(algorithm, hash);
    }
}
