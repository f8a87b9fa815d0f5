package dev.cairn.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfFileTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({"64,true", "64,false", "32,true", "32,false"})
    void readsEveryClassAndByteOrder(int bits, boolean little) {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;

        ElfFacts facts = ElfFile.read(ByteBuffer.wrap(new TinyElf(bits, order)
                        .needed("libc.so.6", "libm.so.6")
                        .bytes()))
                .orElseThrow();

        assertThat(facts)
                .isEqualTo(new ElfFacts(
                        ElfFacts.X86_64,
                        bits,
                        order,
                        ElfFacts.Type.SHARED,
                        true,
                        "/lib/ld.so",
                        "libtiny.so.1",
                        List.of("libc.so.6", "libm.so.6"),
                        List.of("$ORIGIN/../lib", "/opt"),
                        List.of("/old")));
        assertThat(facts.searchPath()).containsExactly("$ORIGIN/../lib", "/opt");
    }

    @Test
    void aFileOnDiskSaysTheSame() throws IOException {
        byte[] bytes = tiny();
        Path file = Files.write(dir.resolve("tiny"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(ElfFile.read(channel)).isEqualTo(ElfFile.read(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void aBufferIsReadFromItsPosition() {
        byte[] bytes = tiny();
        ByteBuffer shifted =
                ByteBuffer.allocate(bytes.length + 10).position(10).put(bytes).position(10);
        assertThat(ElfFile.read(shifted)).isEqualTo(ElfFile.read(ByteBuffer.wrap(bytes)));
        assertThat(shifted.position()).isEqualTo(10);
    }

    @Test
    void otherFilesAreNone() {
        assertThat(ElfFile.read(ByteBuffer.wrap(new byte[0]))).isEmpty();
        assertThat(ElfFile.read(ByteBuffer.wrap("#!/bin/sh".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isEmpty();
        assertThat(ElfFile.looksLikeElf(new byte[] {0x7f, 'E', 'L'})).isFalse();
        assertThat(ElfFile.looksLikeElf(tiny())).isTrue();
    }

    @Test
    void theExtentIsEnough() {
        byte[] bytes = tiny();
        byte[] withDebugInformation = Arrays.copyOf(bytes, bytes.length + 10_000);

        long extent = ElfFile.extent(Arrays.copyOf(withDebugInformation, 400));

        assertThat(extent).isEqualTo(bytes.length);
        assertThat(ElfFile.read(ByteBuffer.wrap(withDebugInformation, 0, (int) extent)))
                .isEqualTo(ElfFile.read(ByteBuffer.wrap(bytes)));
        assertThat(ElfFile.extent(Arrays.copyOf(bytes, 64))).isBetween(65L, 400L);
        assertThat(ElfFile.extent(new byte[] {1, 2, 3, 4, 5})).isZero();
    }

    @Test
    void aTruncatedFileSaysWhatIsMissing() {
        assertThatThrownBy(() -> ElfFile.read(ByteBuffer.wrap(tiny(), 0, 60)))
                .isInstanceOfSatisfying(
                        ElfException.class, e -> assertThat(e.code()).isEqualTo(ElfException.Code.TRUNCATED))
                .hasMessageContaining("the file header");
    }

    @Test
    void mutatedFilesEndInOurException() {
        Random random = new Random(20);
        for (int round = 0; round < 20_000; round++) {
            ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            byte[] bytes = mutate(
                    new TinyElf(random.nextBoolean() ? 64 : 32, order)
                            .needed("libc.so.6")
                            .bytes(),
                    random);
            try {
                ElfFile.extent(bytes);
                ElfFile.read(ByteBuffer.wrap(bytes));
            } catch (ElfException _) {
                // that is the answer to hostile bytes
            }
        }
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        int changes = 1 + random.nextInt(8);
        byte[] changed = bytes.clone();
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(Math.min(changed.length, random.nextBoolean() ? 64 : Integer.MAX_VALUE));
            switch (random.nextInt(6)) {
                case 0 -> changed[at] = (byte) random.nextInt();
                case 1 -> changed[at] = (byte) 0xff;
                case 2 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> changed = Arrays.copyOf(changed, Math.max(at, 5));
                case 4 -> changed = Arrays.copyOf(changed, changed.length + random.nextInt(20));
                default -> System.arraycopy(changed, at, changed, at / 2, changed.length - at);
            }
        }
        return changed;
    }

    private static byte[] tiny() {
        return new TinyElf(64, ByteOrder.LITTLE_ENDIAN).needed("libc.so.6").bytes();
    }
}
