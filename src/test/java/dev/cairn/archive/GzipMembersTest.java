package dev.cairn.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipMembersTest {
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

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
