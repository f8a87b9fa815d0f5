package dev.cairn.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {
    private static final byte[] BYTES = "some content".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(BYTES);

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatWasPut() throws IOException {
        ContentStore store = store();

        Path path = store.put(DIGEST, in(BYTES));

        assertThat(path).hasBinaryContent(BYTES);
        assertThat(store.find(DIGEST)).contains(path);
        assertThat(store.add(out -> out.write(BYTES))).isEqualTo(new Stored(DIGEST, BYTES.length, path));
        assertThat(store.find(Digest.of(new byte[0]))).isEmpty();
    }

    @Test
    void knowsBothAlgorithms() throws IOException {
        Digest sha512 = Digest.finish(Digest.Algorithm.SHA512, hashed());

        assertThat(store().put(sha512, in(BYTES))).hasBinaryContent(BYTES);
        assertThat(store().find(sha512)).isPresent();
    }

    @Test
    void refusesOtherBytesThanPromised() throws IOException {
        assertThatThrownBy(() -> store().put(DIGEST, in(new byte[1])))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining(DIGEST.toString());
        assertThat(store().find(DIGEST)).isEmpty();
        assertNoFilesLeft();
    }

    @Test
    void keepsNothingOfAWriterThatFails() throws IOException {
        assertThatThrownBy(() -> store().add(out -> {
                    out.write(1);
                    throw new IOException("stop");
                }))
                .hasMessage("stop");
        assertNoFilesLeft();
    }

    /// Same size, same inode, within the same tick of the clock.
    @Test
    void noticesAChangeRightAfterPutting() throws IOException {
        for (int i = 0; i < 200; i++) {
            Path path = store().put(DIGEST, in(BYTES));
            Files.write(path, "SOME CONTENT".getBytes(StandardCharsets.UTF_8));
            assertThat(store().find(DIGEST)).isEmpty();
            assertThat(path).doesNotExist();
        }
    }

    @Test
    void noticesAChangeWhoseTimeWasSetBack() throws IOException {
        Path path = store().put(DIGEST, in(BYTES));
        FileTime time = Files.getLastModifiedTime(path);
        FileTime before = changed(path);
        // As long as the clock of the file system has not ticked, the change and the stamp look alike.
        for (FileTime now = before; now.equals(before); now = changed(path)) {
            Files.write(path, "SOME CONTENT".getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(path, time);
        }

        assertThat(store().find(DIGEST)).isEmpty();
    }

    @Test
    void noticesAReplacedAndATruncatedEntry() throws IOException {
        Path path = store().put(DIGEST, in(BYTES));
        Path other = Files.write(folder.resolve("other"), new byte[BYTES.length]);
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(store().find(DIGEST)).isEmpty();

        Files.write(store().put(DIGEST, in(BYTES)), new byte[0]);
        assertThat(store().find(DIGEST)).isEmpty();
    }

    @Test
    void anIntactEntryWithoutItsStampIsStampedAgain() throws IOException {
        Path path = store().put(DIGEST, in(BYTES));
        Path stamp = path.resolveSibling(path.getFileName() + ".stamp");
        Files.delete(stamp);
        assertThat(store().find(DIGEST)).contains(path);
        assertThat(stamp).exists();

        Files.writeString(stamp, "nonsense");
        assertThat(store().find(DIGEST)).contains(path);

        Files.createLink(folder.resolve("link"), path);
        assertThat(store().find(DIGEST)).as("another link changes ctime").contains(path);
        assertThat(Files.readString(stamp)).startsWith("stamp1 12 ");
    }

    @Test
    void manyMayPutFindAndDamageTheSameAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int seed = i;
                results.add(threads.submit(() -> {
                    hammer(new Random(seed));
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
        assertThat(store().put(DIGEST, in(BYTES))).hasBinaryContent(BYTES);
    }

    private void hammer(Random random) throws IOException {
        ContentStore store = store();
        for (int i = 0; i < 20; i++) {
            switch (random.nextInt(3)) {
                case 0 -> store.put(DIGEST, in(BYTES));
                case 1 -> store.remove(DIGEST);
                default -> {
                    Optional<Path> found = store.find(DIGEST);
                    // Whoever has opened an entry can read it to its end, removed or not; not all get to open it.
                    found.ifPresent(path -> assertThat(readOrNull(path)).isIn(null, BYTES));
                }
            }
        }
    }

    private static byte[] readOrNull(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            return null;
        }
    }

    @Test
    void recordsSurviveNoDamage() throws IOException {
        RecordStore records = new CacheDirectory(folder).records();
        assertThat(records.read("size-1", DIGEST)).isEmpty();
        records.write("size-1", DIGEST, BYTES);
        assertThat(records.read("size-1", DIGEST)).contains(BYTES);
        assertThat(records.read("size-2", DIGEST)).isEmpty();

        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(records.read("size-1", DIGEST)).isEmpty();
        assertThat(file).doesNotExist();

        records.write("size-1", DIGEST, new byte[0]);
        assertThat(records.read("size-1", DIGEST)).contains(new byte[0]);
        Files.write(file, new byte[3]);
        assertThat(records.read("size-1", DIGEST)).isEmpty();
        assertThatThrownBy(() -> records.read("../x", DIGEST)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).findAny().orElseThrow();
        }
    }

    private void assertNoFilesLeft() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static FileTime changed(Path path) throws IOException {
        return (FileTime) Files.getAttribute(path, "unix:ctime");
    }

    private static MessageDigest hashed() {
        MessageDigest hash = Digest.Algorithm.SHA512.newHash();
        hash.update(BYTES);
        return hash;
    }

    private ContentStore store() {
        return new CacheDirectory(folder).content();
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
