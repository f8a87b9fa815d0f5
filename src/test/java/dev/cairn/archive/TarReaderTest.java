package dev.cairn.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveException.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class TarReaderTest {
    @Test
    void longNamesOfBothKindsAreRead() throws IOException {
        for (int mode : new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
                tar.setLongFileMode(mode);
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
                TarArchiveEntry entry = new TarArchiveEntry("./a/" + "n".repeat(180));
                entry.setSize(3);
                entry.setModTime(-5_000L);
                entry.setIds(3_000_000, 7);
                tar.putArchiveEntry(entry);
                tar.write("abc".getBytes(UTF_8));
                tar.closeArchiveEntry();
                TarArchiveEntry link = new TarArchiveEntry("link", TarArchiveEntry.LF_SYMLINK);
                link.setLinkName("../" + "t".repeat(180));
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
            TarReader reader = reader(out.toByteArray());
            TarEntry file = reader.next();
            assertThat(file.path()).isEqualTo("a/" + "n".repeat(180));
            assertThat(file.mtime()).isEqualTo(-5);
            assertThat(file.uid()).isEqualTo(3_000_000);
            assertThat(reader.content().readAllBytes()).isEqualTo("abc".getBytes(UTF_8));
            assertThat(reader.next().link()).isEqualTo("../" + "t".repeat(180));
            assertThat(reader.next()).isNull();
            assertThat(reader.endBlocksSeen()).isTrue();
        }
    }

    @Test
    void pathsAreNormalised() throws IOException {
        Tars tar = new Tars()
                .directory("./")
                .directory("./usr/")
                .file("usr//./a")
                .entry("old/", '\0', "", new byte[0])
                .entry("hard", '1', "./usr/a", new byte[0])
                .entry("sym", '2', "./usr/../a", new byte[0])
                .end();
        assertThat(entries(tar.bytes()))
                .containsExactly(
                        TarEntry.directory("", 0644),
                        TarEntry.directory("usr", 0644),
                        TarEntry.file("usr/a", 0644, 0),
                        TarEntry.directory("old", 0644),
                        TarEntry.hardlink("hard", "usr/a"),
                        TarEntry.symlink("sym", "./usr/../a").withMode(0644));
    }

    @Test
    void aPieceHasNoEnd() throws IOException {
        TarReader reader = reader(new Tars().file("a").bytes());
        assertThat(reader.next()).isNotNull();
        assertThat(reader.next()).isNull();
        assertThat(reader.endBlocksSeen()).isFalse();
        assertThat(reader.next()).isNull();
    }

    @Test
    void paddingAfterTheEndIsFine() throws IOException {
        TarReader reader = reader(new Tars().end().raw(new byte[9 * 512 + 100]).bytes());
        assertThat(reader.next()).isNull();
        assertThat(reader.endBlocksSeen()).isTrue();
    }

    @Test
    void hostileArchivesAreRefused() {
        refused(Code.UNSAFE_PATH, new Tars().file("../a"));
        refused(Code.UNSAFE_PATH, new Tars().file("a/../../b"));
        refused(Code.UNSAFE_PATH, new Tars().file("/etc/passwd"));
        refused(Code.UNSAFE_PATH, new Tars().entry("a", '1', "../b", new byte[0]));
        refused(Code.UNSAFE_PATH, new Tars().entry("a", '1', "/etc/shadow", new byte[0]));
        refused(Code.UNSAFE_PATH, new Tars().pax('x', "path=/a").file("b"));
        refused(
                Code.UNSAFE_PATH,
                new Tars().entry("", 'L', "", "../x\0".getBytes(UTF_8)).file("b"));
        refused(Code.MALFORMED, new Tars().pax('x', "path=a\0b").file("b"));
        refused(Code.MALFORMED, new Tars().file(""));
        refused(Code.MALFORMED, new Tars().entry("a", '2', "", new byte[0]));
        refused(Code.MALFORMED, new Tars().entry("a", '5', "", new byte[5]));
        refused(Code.MALFORMED, new Tars().entry("a", '1', "b", new byte[512]));
        refused(Code.MALFORMED, new Tars().entry("a", '0', "", "9".repeat(11).getBytes(UTF_8), new byte[0]));
        refused(Code.MALFORMED, new Tars().pax('x', "path=a", "path=b").file("c"));
        refused(Code.MALFORMED, new Tars().pax('x', "size=-1").file("c"));
        refused(Code.MALFORMED, new Tars().pax('x', "size=99999999999999999999").file("c"));
        refused(Code.MALFORMED, new Tars().pax('x', "a=b").pax('x', "c=d").file("c"));
        refused(
                Code.MALFORMED,
                new Tars()
                        .entry("", 'L', "", "x".getBytes(UTF_8))
                        .pax('x', "path=y")
                        .file("c"));
        refused(
                Code.MALFORMED,
                new Tars().entry("pax", 'x', "", "999 path=a\n".getBytes(UTF_8)).file("c"));
        refused(Code.UNSUPPORTED, new Tars().entry("a", 'S', "", new byte[0]));
        refused(Code.UNSUPPORTED, new Tars().entry("a", 'V', "", new byte[0]));
        refused(Code.UNSUPPORTED, new Tars().pax('x', "GNU.sparse.major=1").file("c"));
        refused(Code.UNSUPPORTED, new Tars().pax('g', "path=x").file("c"));
        refused(Code.UNSUPPORTED, new Tars().pax('x', "hdrcharset=BINARY").file("c"));
        refused(Code.TRAILING_DATA, new Tars().file("a").end().file("b"));
        refused(Code.TRAILING_DATA, new Tars().raw(new byte[512]).file("b"));
        refused(Code.TRUNCATED, new Tars().raw(new Tars().file("a").bytes()).raw(new byte[] {1}));
        refused(Code.TRUNCATED, new Tars().pax('x', "path=a"));
    }

    @Test
    void aWrongChecksumIsRefused() {
        byte[] tar = new Tars().file("abc").end().bytes();
        tar[0] = 'x';
        assertThatThrownBy(() -> entries(tar))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.code()).isEqualTo(Code.CHECKSUM));
    }

    @Test
    void contentThatIsCutOffIsRefused() throws IOException {
        byte[] tar = new Tars().entry("a", '0', "", new byte[3000]).bytes();
        for (int length : new int[] {513, 2000, 3511, 3512, 3583}) {
            TarReader reader = reader(java.util.Arrays.copyOf(tar, length));
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next).isInstanceOf(ArchiveException.class);
        }
    }

    @Test
    void limitsAreKept() {
        Tars three = new Tars().file("a").file("b").file("c").end();
        limited(new TarLimits(2, 100, 1 << 20, 100, 10, 1000), three);
        limited(new TarLimits(9, 100, 1024, 100, 10, 1000), three);
        limited(new TarLimits(9, 100, 1 << 20, 100, 10, 1000), new Tars().entry("a", '0', "", new byte[101]));
        limited(new TarLimits(9, 100, 1 << 20, 9, 10, 1000), new Tars().file("0123456789"));
        limited(new TarLimits(9, 100, 1 << 20, 100, 2, 1000), new Tars().file("a/b/c"));
        limited(
                new TarLimits(9, 100, 1 << 20, 100, 10, 10),
                new Tars().pax('x', "comment=long").file("a"));
        limited(TarLimits.STANDARD, new Tars().entry("a", '0', "", base256(Long.MAX_VALUE), new byte[0]));
    }

    private static byte[] base256(long value) {
        byte[] field = new byte[12];
        field[0] = (byte) 0x80;
        java.nio.ByteBuffer.wrap(field).putLong(4, value);
        return field;
    }

    private static void limited(TarLimits limits, Tars tar) {
        assertThatThrownBy(() -> drain(new TarReader(new ByteArrayInputStream(tar.bytes()), limits)))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.code()).isEqualTo(Code.LIMIT));
    }

    private static void refused(Code code, Tars tar) {
        assertThatThrownBy(() -> entries(tar.bytes()))
                .isInstanceOfSatisfying(
                        ArchiveException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static TarReader reader(byte[] tar) {
        return new TarReader(new ByteArrayInputStream(tar), TarLimits.SMALL);
    }

    private static List<TarEntry> entries(byte[] tar) throws IOException {
        return drain(reader(tar));
    }

    private static List<TarEntry> drain(TarReader reader) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        TarEntry entry;
        while ((entry = reader.next()) != null) {
            entries.add(entry);
        }
        return entries;
    }
}
