package dev.cairn.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged input: only [ArchiveException] and [IOException] may come out, and no more than a bounded amount of data.
class ArchiveMutationTest {
    private static final long MOST = 32 << 20;
    private static final TarLimits LIMITS = new TarLimits(1000, MOST, MOST, 1000, 50, 10_000);

    private interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    @Test
    void tar() throws IOException {
        mutate(tarSample(), 6000, ArchiveMutationTest::readTar);
    }

    /// With its checksums mended, a damaged header gets further.
    @Test
    void tarWithGoodChecksums() throws IOException {
        mutate(tarSample(), 6000, bytes -> readTar(mend(bytes)));
    }

    @Test
    void ar() throws IOException {
        mutate(ArReaderTest.archive(), 4000, bytes -> {
            ArReader reader = new ArReader(new ByteArrayInputStream(bytes));
            while (reader.next() != null) {
                drain(reader.content());
            }
        });
    }

    @Test
    void gzip() throws IOException {
        byte[] text = Samples.text(2000, 1);
        byte[] sample = GzipMembersTest.concatenate(GzipMembersTest.gzip(text), GzipMembersTest.gzip(text));
        mutate(sample, 4000, bytes -> drain(Decompressor.open(new ByteArrayInputStream(bytes))));
    }

    @Test
    void xz() throws IOException {
        byte[] sample = DecompressorTest.xz(Samples.text(5000, 1));
        mutate(sample, 1000, bytes -> drain(Decompressor.open(new ByteArrayInputStream(bytes))));
    }

    @Test
    void zstd() throws IOException {
        byte[] sample = DecompressorTest.zstd(Samples.text(5000, 1), 3);
        mutate(sample, 1000, bytes -> drain(Decompressor.open(new ByteArrayInputStream(bytes))));
    }

    private static void mutate(byte[] sample, int rounds, Reader reader) throws IOException {
        reader.read(sample);
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = mutation(sample, random);
            try {
                reader.read(bytes);
            } catch (ArchiveException | IOException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round, e);
            }
        }
        assertThat(refused).as("some damage is noticed").isPositive();
    }

    private static byte[] mutation(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 1; i++) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(1 + random.nextInt(20), bytes.length - at);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 ->
                    bytes = GzipMembersTest.concatenate(
                            Arrays.copyOf(bytes, at),
                            Samples.random(length, random.nextLong()),
                            Arrays.copyOfRange(bytes, at, bytes.length));
                case 3 ->
                    bytes = GzipMembersTest.concatenate(
                            Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
                default -> bytes = Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] mend(byte[] bytes) {
        byte[] block = new byte[512];
        for (int at = 0; at + 512 <= bytes.length; at += 512) {
            System.arraycopy(bytes, at, block, 0, 512);
            if (block[257] == 'u' && block[258] == 's') {
                String sum = String.format(java.util.Locale.ROOT, "%06o", TarField.checksum(block));
                byte[] field = (sum + "\0 ").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                System.arraycopy(field, 0, bytes, at + 148, 8);
            }
        }
        return bytes;
    }

    private static byte[] tarSample() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        writer.directory("usr", 0755);
        writer.file("usr/a", 0644, Samples.text(700, 1));
        writer.file("usr/é", 0644, new byte[3]);
        writer.symlink("usr/link", "t".repeat(120));
        writer.put(TarEntry.hardlink("usr/b", "usr/a"));
        Tars gnu = new Tars()
                .entry(
                        "././@LongLink",
                        'L',
                        "",
                        ("usr/" + "n".repeat(130) + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .entry("usr/n", '0', "", new byte[600])
                .pax('x', "mtime=123.456", "size=5", "comment=x")
                .entry("usr/p", '0', "", new byte[5])
                .pax('g', "comment=x");
        out.writeBytes(gnu.bytes());
        writer.end();
        return out.toByteArray();
    }

    private static void readTar(byte[] bytes) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(bytes), LIMITS);
        StrictTar strict = new StrictTar();
        TarEntry entry;
        while ((entry = reader.next()) != null) {
            strict.accept(entry);
            drain(reader.content());
            // Whatever is read can be written, devices excepted.
            if (entry.type() != TarEntry.Type.CHARACTER_DEVICE && entry.type() != TarEntry.Type.BLOCK_DEVICE) {
                new TarWriter(new ByteArrayOutputStream())
                        .put(entry, reader.attributes(), new ByteArrayInputStream(new byte[(int) entry.size()]));
            }
        }
        strict.verdict(reader);
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        long total = 0;
        int read;
        while (total < MOST && (read = in.read(buffer)) >= 0) {
            total += read;
        }
    }
}
