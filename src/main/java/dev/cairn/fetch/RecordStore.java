package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Small facts derived from content, by kind and by the digest of what they were derived from.
///
/// A kind names the fact and the version of the code that derives it (`apk-facts-3`): another version is another kind.
/// Each value carries its own digest; a value that does not fit it is removed and counts as absent. Values appear whole
/// or not at all, and the last writer wins: two derivations of one fact are equal.
public final class RecordStore {
    private static final int HEADER = 65;

    private final Path root;

    RecordStore(Path root) {
        this.root = root;
    }

    /// The value, if it is here and intact.
    public Optional<byte[]> read(String kind, Digest key) throws IOException {
        Path file = place(kind, key);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (bytes.length >= HEADER) {
            byte[] value = Arrays.copyOfRange(bytes, HEADER, bytes.length);
            if (Arrays.equals(header(value), 0, HEADER, bytes, 0, HEADER)) {
                return Optional.of(value);
            }
        }
        Files.deleteIfExists(file);
        return Optional.empty();
    }

    /// Keeps a value, over what may be there.
    public void write(String kind, Digest key, byte[] value) throws IOException {
        byte[] bytes = Arrays.copyOf(header(value), HEADER + value.length);
        System.arraycopy(value, 0, bytes, HEADER, value.length);
        NewFile.write(place(kind, key), bytes);
    }

    private static byte[] header(byte[] value) {
        return (Digest.of(value).hex() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private Path place(String kind, Digest key) {
        if (kind.isEmpty() || kind.startsWith(".") || kind.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not a kind of record: '" + kind + "'");
        }
        return root.resolve(kind).resolve(key.hex().substring(0, 2)).resolve(key.hex());
    }
}
