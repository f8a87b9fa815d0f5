package dev.cairn.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.digest.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class TarWriterTest {
    private static final List<TarEntry> ENTRIES = List.of(
            TarEntry.directory("", 0755),
            TarEntry.directory("usr", 0755).withMtime(1_700_000_000L),
            TarEntry.file("usr/a", 04755, 5).withOwner(1000, 50, "daemon", "users"),
            TarEntry.symlink("usr/b", "../etc/b"),
            TarEntry.hardlink("usr/c", "usr/a"),
            TarEntry.file("p".repeat(90) + "/" + "n".repeat(99), 0644, 5),
            TarEntry.file("n".repeat(101), 0644, 5),
            TarEntry.file("a/" + "p".repeat(200) + "/" + "n".repeat(150), 0644, 5),
            TarEntry.directory("d".repeat(100), 0700),
            TarEntry.file("usr/Főtanúsítvány.crt", 0644, 5),
            TarEntry.symlink("usr/long", "t".repeat(101)),
            TarEntry.symlink("usr/exact", "t".repeat(100)),
            TarEntry.file("usr/old", 0644, 5).withMtime(-1),
            TarEntry.file("usr/big-ids", 0644, 5).withOwner(4_000_000_000L, 2_097_152L),
            TarEntry.file("usr/names", 0644, 5).withOwner(0, 0, "u".repeat(32), "gröup"),
            new TarEntry("run/fifo", TarEntry.Type.FIFO, 0600, 0, 0, 0, 0, "", "", ""));

    @Test
    void everyEntryIsReadBackAsItWasWritten() throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(write(ENTRIES)), TarLimits.STANDARD);
        List<TarEntry> read = new ArrayList<>();
        TarEntry entry;
        while ((entry = reader.next()) != null) {
            assertThat(new String(reader.content().readAllBytes(), UTF_8)).isEqualTo(entry.isFile() ? "hello" : "");
            read.add(entry);
        }
        assertThat(read).isEqualTo(ENTRIES);
        assertThat(reader.endBlocksSeen()).isTrue();
    }

    @Test
    void anotherImplementationReadsTheSame() throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(write(ENTRIES)), "UTF-8");
        List<String> read = new ArrayList<>();
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            read.add(line(
                    entry.getName(),
                    entry.getMode() & 07777,
                    entry.getLongUserId(),
                    entry.getLongGroupId(),
                    entry.getSize(),
                    entry.getLastModifiedTime().toMillis() / 1000,
                    entry.getLinkName(),
                    entry.getUserName(),
                    entry.getGroupName()));
        }
        List<String> expected = new ArrayList<>();
        for (TarEntry e : ENTRIES) {
            String name = e.isRoot() ? "./" : e.isDirectory() ? e.path() + "/" : e.path();
            expected.add(line(name, e.mode(), e.uid(), e.gid(), e.size(), e.mtime(), e.link(), e.user(), e.group()));
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void theBytesStayTheSame() throws IOException {
        assertThat(Digest.of(write(ENTRIES)))
                .as("the layout of bytes that TarWriter.FORMAT names; change the two together")
                .isEqualTo(Digest.parse("sha256:0e1f8b486d258248f715f24e5fa59006395256bb6eb4e8ec9bf2ca9c51da72f8"));
    }

    @Test
    void attributesAreKept() throws IOException {
        Map<String, byte[]> attributes = Map.of("SCHILY.xattr.security.capability", new byte[] {1, 0, 0, 2, -1});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TarWriter(out).put(TarEntry.file("ping", 0755, 0), attributes, new ByteArrayInputStream(new byte[0]));
        TarReader reader = new TarReader(new ByteArrayInputStream(out.toByteArray()), TarLimits.SMALL);
        assertThat(reader.next()).isEqualTo(TarEntry.file("ping", 0755, 0));
        assertThat(reader.attributes()).containsExactlyEntriesOf(attributes);
        assertThat(reader.next()).isNull();
        assertThat(reader.endBlocksSeen()).isFalse();
    }

    @Test
    void aPaxRecordCountsItsOwnLength() throws IOException {
        for (int length = 80; length < 120; length++) {
            TarEntry entry = TarEntry.symlink("link", "é".repeat(length));
            TarReader reader = new TarReader(new ByteArrayInputStream(write(List.of(entry))), TarLimits.SMALL);
            assertThat(reader.next()).isEqualTo(entry);
        }
    }

    @Test
    void contentOfAnotherLengthIsRefused() {
        TarWriter writer = new TarWriter(new ByteArrayOutputStream());
        TarEntry entry = TarEntry.file("a", 0644, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> writer.put(entry, new byte[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.put(entry, new ByteArrayInputStream(new byte[2])));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.put(entry, new ByteArrayInputStream(new byte[4])));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.put(entry));
    }

    @Test
    void entriesThatBreakTheRulesCannotBeMade() {
        for (String path : List.of("/a", "./a", "a/", "a//b", "a/../b", "..", ".", "a/.", "a\0b")) {
            assertThatIllegalArgumentException().as(path).isThrownBy(() -> TarEntry.file(path, 0644, 0));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TarEntry.file("a", 010000, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> TarEntry.file("", 0644, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> TarEntry.symlink("a", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> TarEntry.hardlink("a", "../b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TarEntry.directory("a", 0755).withSize(1));
    }

    private static byte[] write(List<TarEntry> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        for (TarEntry entry : entries) {
            if (entry.isFile()) {
                writer.put(entry, "hello".getBytes(UTF_8));
            } else {
                writer.put(entry);
            }
        }
        writer.end();
        return out.toByteArray();
    }

    private static String line(Object... fields) {
        return List.of(fields).toString();
    }
}
