package dev.cairn.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipAssemblerTest {
    @Test
    void segmentsInAnyOrderMakeOneMember(@TempDir Path folder) throws IOException {
        byte[] a = Samples.text(300_000, 1);
        byte[] b = Samples.random(100_001, 2);
        byte[] c = Samples.text(3_000_000, 3);
        byte[] packedA = deflate(a);
        byte[] packedB = deflate(b);
        byte[] packedC = deflate(c);
        Path file = Files.write(folder.resolve("c"), concatenate(new byte[17], packedC, packedA));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GzipAssembler assembler = new GzipAssembler(out);
        assembler.append(facts(b), packedB);
        assembler.append(facts(a), new ByteArrayInputStream(packedA));
        try (FileChannel channel = FileChannel.open(file)) {
            assembler.append(facts(c), channel, 17);
        }
        assembler.finish();

        byte[] expected = concatenate(b, a, c);
        assertThat(assembler.length()).isEqualTo(expected.length);
        List<GzipMember> members = GzipMembers.list(new ByteArrayInputStream(out.toByteArray()));
        assertThat(members).containsExactly(new GzipMember(0, out.size(), expected.length));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes())
                .isEqualTo(expected);
    }

    @Test
    void nothingAppendedIsAnEmptyMember() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new GzipAssembler(out).finish();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes())
                .isEmpty();
    }

    @Test
    void aSegmentThatIsCutOffIsRefused() {
        GzipAssembler assembler = new GzipAssembler(new ByteArrayOutputStream());
        assertThatThrownBy(() -> assembler.append(new DeflateSegment(10, 5, 0), new ByteArrayInputStream(new byte[9])))
                .isInstanceOf(ArchiveException.class)
                .hasMessage("deflate segment of 10 bytes: 1 of them are missing");
    }

    @Test
    void checksumsOfPartsCombine() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] a = Samples.random(random.nextInt(300), round);
            byte[] b = Samples.random(random.nextInt(70_000), -round);
            assertThat(Crc32Combine.combine(crc(a), crc(b), b.length)).isEqualTo(crc(concatenate(a, b)));
        }
    }

    private static DeflateSegment facts(byte[] bytes) throws IOException {
        return new SegmentWriterResult(bytes).segment;
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        return new SegmentWriterResult(bytes).compressed;
    }

    private static int crc(byte[] bytes) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static final class SegmentWriterResult {
        final byte[] compressed;
        final DeflateSegment segment;

        SegmentWriterResult(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SegmentWriter writer = new SegmentWriter(out);
            writer.write(bytes);
            segment = writer.finish();
            compressed = out.toByteArray();
        }
    }
}
