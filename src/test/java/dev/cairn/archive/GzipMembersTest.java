package dev.cairn.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveException.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipMembersTest {
    @Test
    void membersAreFoundToTheByte() throws IOException {
        byte[] first = gzip(Samples.text(100, 1));
        byte[] second = gzip(Samples.random(200_000, 2));
        byte[] third = withEveryHeaderField(gzip(Samples.text(70_000, 3)));
        byte[] all = concatenate(first, second, third);
        assertThat(GzipMembers.list(new ByteArrayInputStream(all)))
                .containsExactly(
                        new GzipMember(0, first.length, 100),
                        new GzipMember(first.length, second.length, 200_000),
                        new GzipMember(first.length + second.length, third.length, 70_000));
        // The same when the input comes byte by byte.
        assertThat(GzipMembers.list(new Drip(all))).hasSize(3);
    }

    /// Members that share one buffer of input, and members that do not fit into one.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 60_000, 70_000, 300_000})
    void membersFollowOneAnother(int size) throws IOException {
        Random random = new Random(size);
        byte[] first = new byte[size];
        byte[] second = new byte[size + 7];
        random.nextBytes(first);
        random.nextBytes(second);
        byte[] one = gzip(first);
        byte[] two = gzip(second);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(one);
        both.write(two);
        try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(both.toByteArray()))) {
            assertThat(members.next()).isTrue();
            assertThat(members.content().readNBytes(1 << 20)).isEqualTo(first);
            assertThat(members.finish()).isEqualTo(new GzipMember(0, one.length, first.length));
            assertThat(members.next()).isTrue();
            assertThat(members.content().readNBytes(1 << 20)).isEqualTo(second);
            assertThat(members.finish()).isEqualTo(new GzipMember(one.length, two.length, second.length));
            assertThat(members.next()).isFalse();
        }
    }

    @Test
    void membersMayBeReadInPart() throws IOException {
        byte[] first = gzip(Samples.text(100_000, 1));
        byte[] second = gzip(Samples.text(50, 2));
        try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(concatenate(first, second)))) {
            assertThat(members.next()).isTrue();
            InputStream content = members.content();
            assertThat(content.readNBytes(10)).isEqualTo(Samples.text(10, 1));
            assertThat(members.next()).isTrue();
            assertThat(members.offset()).isEqualTo(first.length);
            assertThat(content.read()).isEqualTo(-1);
            assertThat(members.content().readAllBytes()).isEqualTo(Samples.text(50, 2));
            assertThat(members.next()).isFalse();
        }
    }

    @Test
    void nothingMayFollowOrBeMissing() throws IOException {
        byte[] member = gzip(Samples.text(1000, 1));
        refused(Code.TRAILING_DATA, concatenate(member, new byte[1]));
        refused(Code.TRAILING_DATA, concatenate(member, new byte[] {0x1f}));
        refused(Code.TRAILING_DATA, concatenate(member, new byte[] {0x1f, 0}));
        refused(Code.MALFORMED, "hello".getBytes(US_ASCII));
        for (int length = 2; length < member.length; length++) {
            refused(Code.TRUNCATED, Arrays.copyOf(member, length));
        }
        for (int i = member.length - 8; i < member.length; i++) {
            byte[] wrong = member.clone();
            wrong[i] ^= 1;
            refused(Code.CHECKSUM, wrong);
        }
        byte[] reserved = member.clone();
        reserved[3] = 0x20;
        refused(Code.UNSUPPORTED, reserved);
        byte[] header = withEveryHeaderField(member);
        header[10] ^= 1;
        refused(Code.CHECKSUM, header);
    }

    private static void refused(Code code, byte[] bytes) {
        assertThatThrownBy(() -> GzipMembers.list(new ByteArrayInputStream(bytes)))
                .isInstanceOfSatisfying(
                        ArchiveException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    /// The same member with extra field, name, comment and header checksum.
    private static byte[] withEveryHeaderField(byte[] member) {
        byte[] header = Arrays.copyOf(member, 10);
        header[3] = 2 + 4 + 8 + 16;
        byte[] fields = concatenate(header, new byte[] {2, 0, 7, 7}, "name\0comment\0".getBytes(US_ASCII));
        CRC32 crc = new CRC32();
        crc.update(fields);
        byte[] sum = {(byte) crc.getValue(), (byte) (crc.getValue() >>> 8)};
        return concatenate(fields, sum, Arrays.copyOfRange(member, 10, member.length));
    }

    /// Made by another compressor, so that this does not test us against ourselves.
    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static final class Drip extends ByteArrayInputStream {
        Drip(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(1, length));
        }
    }
}
