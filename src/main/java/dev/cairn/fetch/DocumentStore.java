package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is known of addresses whose content changes: the digest of the last answer, and by what the server can tell
/// whether it still holds. The bytes are in the [ContentStore].
final class DocumentStore {
    private static final String KIND = "v1";

    private final RecordStore records;
    private final ContentStore content;

    DocumentStore(Path folder, ContentStore content) {
        this.records = new RecordStore(folder);
        this.content = content;
    }

    /// A kept answer, its bytes present and intact.
    record Kept(Stored stored, Validator validator) {}

    Optional<Kept> find(URI uri) throws IOException {
        Optional<byte[]> record = records.read(KIND, key(uri));
        if (record.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines =
                new String(record.get(), StandardCharsets.UTF_8).lines().toList();
        Digest digest = Digest.parse(lines.get(0));
        Optional<Path> path = content.find(digest);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Stored stored = new Stored(digest, Long.parseLong(lines.get(1)), path.get());
        return Optional.of(new Kept(stored, new Validator(lines.get(2), lines.get(3))));
    }

    void write(URI uri, Stored stored, Validator validator) throws IOException {
        String record = stored.digest() + "\n" + stored.size() + "\n" + validator.etag() + "\n"
                + validator.lastModified() + "\n" + Address.withoutUser(uri) + "\n";
        records.write(KIND, key(uri), record.getBytes(StandardCharsets.UTF_8));
    }

    private static Digest key(URI uri) {
        return Digest.of(Address.withoutUser(uri).toString().getBytes(StandardCharsets.UTF_8));
    }
}
