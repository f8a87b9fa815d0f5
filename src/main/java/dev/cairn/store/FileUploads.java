package dev.cairn.store;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The upload sessions in one folder: for each a file with its bytes, and one with what it is for. Nothing here is
/// promised to anybody, so nothing is forced to the disk; a killed server finds it again all the same.
final class FileUploads {
    /// What uploads leave free on the disk, for the database to go on.
    private static final long RESERVE = 8 << 20;

    private static final String SESSION = ".session";

    private final Path folder;
    private final FileUpload.Finish finish;
    private final Map<String, FileUpload> open = new ConcurrentHashMap<>();

    FileUploads(Path folder, FileUpload.Finish finish) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.finish = finish;
    }

    FileUpload begin(long repository, Digest.Algorithm algorithm) throws IOException {
        requireRoom();
        String id = UUID.randomUUID().toString();
        UploadSession session = new UploadSession(repository, algorithm);
        try {
            Files.writeString(sessionFile(id), session.toString());
            Files.createFile(folder.resolve(id));
        } catch (IOException e) {
            throw StorageFull.orRefuse(e);
        }
        FileUpload upload = new FileUpload(id, session, folder.resolve(id), this, finish);
        open.put(id, upload);
        return upload;
    }

    Optional<FileUpload> find(String id) throws IOException {
        FileUpload known = open.get(id);
        if (known != null || !isId(id)) {
            return Optional.ofNullable(known);
        }
        try {
            Optional<UploadSession> session = UploadSession.parse(Files.readString(sessionFile(id)));
            if (session.isEmpty()) {
                return Optional.empty();
            }
            FileUpload resumed = new FileUpload(id, session.get(), folder.resolve(id), this, finish);
            FileUpload raced = open.putIfAbsent(id, resumed);
            return Optional.of(raced == null ? resumed : raced);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// A file's name must not be made of what a stranger sent before it is known to be a UUID.
    private static boolean isId(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    void forget(String id) throws IOException {
        open.remove(id);
        Files.deleteIfExists(sessionFile(id));
        Files.deleteIfExists(folder.resolve(id));
    }

    /// Refuses when the disk is as good as full.
    void requireRoom() throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < RESERVE) {
            throw StorageFull.refusal();
        }
    }

    /// Drops the sessions that nobody has worked on since; the bytes that they had.
    long expire(Instant before) throws IOException {
        long bytes = 0;
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = new ArrayList<>(all.toList());
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            String id = name.endsWith(SESSION) ? name.substring(0, name.length() - SESSION.length()) : name;
            if (isId(id) && isOlder(folder.resolve(id), before) && isOlder(sessionFile(id), before)) {
                bytes += expire(id);
            }
        }
        return bytes;
    }

    private long expire(String id) throws IOException {
        FileUpload upload = open.get(id);
        if (upload != null && !upload.tryEnterNow()) {
            return 0;
        }
        try {
            Path file = folder.resolve(id);
            long bytes = Files.exists(file) ? Files.size(file) : 0;
            if (upload == null) {
                forget(id);
            } else {
                upload.cancel();
            }
            return bytes;
        } finally {
            if (upload != null) {
                upload.leave();
            }
        }
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file).compareTo(FileTime.from(before)) <= 0;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private Path sessionFile(String id) {
        return folder.resolve(id + SESSION);
    }
}
