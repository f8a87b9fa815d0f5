package dev.cairn.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What a file looked like when its digest was last checked: a file that still looks so is not read again.
///
/// Entries get a fixed modification time once checked ([#PINNED]), so that any later write shows, even one within the
/// same tick of the file system's clock; whoever sets the time back changes ctime; a copied file has another inode.
record Stamp(long size, long mtime, long ctime, long inode) {
    /// 2001-01-01T00:00:00Z: a whole second, which every file system can keep.
    static final FileTime PINNED = FileTime.from(978_307_200L, TimeUnit.SECONDS);

    private static final String FIRST_WORD = "stamp1";

    /// How `file` looks now. Where the file system tells no ctime and inode (Windows), they are 0.
    static Stamp of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return new Stamp(Files.size(file), nanos(Files.getLastModifiedTime(file)), 0, 0);
        }
        Map<String, Object> facts = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
        return new Stamp(
                fact(facts, "size", Long.class),
                nanos(fact(facts, "lastModifiedTime", FileTime.class)),
                nanos(fact(facts, "ctime", FileTime.class)),
                fact(facts, "ino", Long.class));
    }

    /// The stamp's file form: one line of ASCII.
    byte[] toBytes() {
        return (FIRST_WORD + " " + size + " " + mtime + " " + ctime + " " + inode + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static <T> T fact(Map<String, Object> facts, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(facts.get(name), name));
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
