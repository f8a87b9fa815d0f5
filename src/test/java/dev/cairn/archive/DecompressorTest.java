package dev.cairn.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class DecompressorTest {
    private static final byte[] TEXT = Samples.text(300_000, 1);

    @Test
    void everyFormatIsRecognised() throws IOException {
        assertThat(open(TEXT)).isEqualTo(TEXT);
        assertThat(open(xz(TEXT))).isEqualTo(TEXT);
        assertThat(open(zstd(TEXT, 3))).isEqualTo(TEXT);
        assertThat(open(GzipMembersTest.gzip(TEXT))).isEqualTo(TEXT);
        assertThat(open(new byte[0])).isEmpty();
        assertThat(open(new byte[] {0x1f})).containsExactly(0x1f);
    }

    @Test
    void severalMembersFlowIntoOneAnother() throws IOException {
        byte[] twice = GzipMembersTest.concatenate(TEXT, TEXT);
        byte[] gzip = GzipMembersTest.gzip(TEXT);
        byte[] empty = GzipMembersTest.gzip(new byte[0]);
        assertThat(open(GzipMembersTest.concatenate(gzip, empty, gzip))).isEqualTo(twice);
        assertThat(open(GzipMembersTest.concatenate(xz(TEXT), xz(TEXT)))).isEqualTo(twice);
        assertThat(open(GzipMembersTest.concatenate(zstd(TEXT, 3), zstd(TEXT, 3))))
                .isEqualTo(twice);
    }

    @Test
    void whatIsCutOffIsRefused() throws IOException {
        for (byte[] whole : new byte[][] {GzipMembersTest.gzip(TEXT), xz(TEXT), zstd(TEXT, 3)}) {
            for (int missing : new int[] {1, 5, whole.length / 2}) {
                assertThatThrownBy(() -> open(java.util.Arrays.copyOf(whole, whole.length - missing)))
                        .isInstanceOfAny(IOException.class, ArchiveException.class);
            }
        }
    }

    @Test
    void memoryIsLimited() throws IOException {
        // A block that asks for a dictionary of 256 MiB (xz file format, section 5.3.1: 2 * 2^27).
        byte[] xz = xz(new byte[] {1});
        assertThat(xz[14]).as("the filter is LZMA2").isEqualTo((byte) 0x21);
        xz[16] = 32;
        int headerEnd = 12 + 4 * xz[12];
        CRC32 crc = new CRC32();
        crc.update(xz, 12, headerEnd - 12);
        for (int i = 0; i < 4; i++) {
            xz[headerEnd + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        assertThatThrownBy(() -> open(xz)).isInstanceOf(org.tukaani.xz.MemoryLimitException.class);
        // A frame that asks for a window of 256 MiB (RFC 8878, section 3.1.1.1.2: exponent 18 of 2^10).
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (18 << 3), 1, 0, 0};
        assertThatThrownBy(() -> open(zstd)).isInstanceOf(IOException.class);
    }

    static byte[] xz(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
            xz.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] zstd(byte[] bytes, int level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStream(out, level)) {
            zstd.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] open(byte[] bytes) throws IOException {
        try (InputStream in = Decompressor.open(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
