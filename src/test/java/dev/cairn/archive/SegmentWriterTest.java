package dev.cairn.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SegmentWriterTest {
    @Test
    void everyShapeOfInputComesBack() throws IOException {
        for (int length : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 255, 258, 259, 65_535, 65_536, 1_000_000}) {
            check(new byte[length]);
            check(Samples.random(length, length));
            check(Samples.text(length, length));
            check(Samples.program(length, length));
        }
        int chunk = SegmentWriter.CHUNK;
        for (int length : new int[] {chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 70_000}) {
            check(Samples.text(length, length));
        }
        check(new byte[3 * chunk]);
    }

    @Test
    void seededMixturesComeBack() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            ByteArrayOutputStream mixture = new ByteArrayOutputStream();
            int parts = 1 + random.nextInt(6);
            for (int part = 0; part < parts; part++) {
                int length = random.nextInt(40_000);
                switch (random.nextInt(4)) {
                    case 0 -> mixture.writeBytes(Samples.random(length, random.nextLong()));
                    case 1 -> mixture.writeBytes(Samples.text(length, random.nextLong()));
                    case 2 -> mixture.writeBytes(Samples.program(length, random.nextLong()));
                    default -> mixture.writeBytes(filled(length, (byte) random.nextInt()));
                }
            }
            check(mixture.toByteArray());
        }
    }

    /// Few symbols, rare ones among them, all frequencies of a Fibonacci series: codes as deep as they can get.
    @Test
    void codesOfTheGreatestDepthAreLimited() throws IOException {
        ByteArrayOutputStream skewed = new ByteArrayOutputStream();
        int a = 1;
        int b = 1;
        for (int symbol = 0; symbol < 22; symbol++) {
            for (int i = 0; i < a; i++) {
                skewed.write(symbol * 11);
            }
            int sum = a + b;
            a = b;
            b = sum;
        }
        byte[] shuffled = skewed.toByteArray();
        Random random = new Random(3);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            byte swap = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swap;
        }
        check(shuffled);
    }

    @Test
    void theBytesDoNotDependOnThreadsOrWrites() throws IOException {
        byte[] input = Samples.text(7 * SegmentWriter.CHUNK + 12_345, 5);
        byte[] expected = gzip(input, Runnable::run, input.length);
        assertThat(gzip(input, Runnable::run, 777)).isEqualTo(expected);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(gzip(input, threads, 100_000)).isEqualTo(expected);
        }
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            assertThat(gzip(input, one, 100_000)).isEqualTo(expected);
        }
        // An executor that never runs anything: the writer does the work itself.
        assertThat(gzip(input, task -> {}, 100_000)).isEqualTo(expected);
    }

    @Test
    void aPoolThatCompressesItsOwnInputDoesNotWaitForItself() throws Exception {
        byte[] input = Samples.text(12 * SegmentWriter.CHUNK, 6);
        byte[] expected = gzip(input, Runnable::run, input.length);
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            assertThat(one.submit(() -> gzip(input, one, 65_536)).get()).isEqualTo(expected);
        }
    }

    @Test
    void incompressibleDataGrowsByNextToNothing() throws IOException {
        byte[] input = Samples.random(3_000_000, 9);
        assertThat(gzip(input, Runnable::run, input.length).length).isLessThan(input.length + input.length / 5000 + 60);
    }

    /// Whoever changes the compressor's output changes [DeflateSegment#FORMAT] and these digests with it.
    @Test
    void theBytesStayTheSame() throws IOException {
        assertThat(DeflateSegment.FORMAT).isEqualTo("deflate-1");
        List<byte[]> inputs = List.of(
                Samples.text(3_000_000, 1),
                Samples.program(3_000_000, 2),
                Samples.random(200_000, 3),
                new byte[100_000],
                Samples.text(100, 4));
        List<String> digests = new ArrayList<>();
        for (byte[] input : inputs) {
            byte[] gzip = gzip(input, Runnable::run, input.length);
            digests.add(Digest.of(gzip).hex().substring(0, 16) + " " + gzip.length);
        }
        assertThat(digests)
                .containsExactly(
                        "272e23285f6e890e 753263",
                        "0d9a98b1fd157812 1411032",
                        "8c7ec93caef81fc6 200055",
                        "1bb12d708e309ffd 138",
                        "db88167601ff649e 122");
    }

    @Test
    void factsAreThoseOfTheBytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SegmentWriter writer = new SegmentWriter(out);
        writer.write("123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        DeflateSegment segment = writer.finish();
        assertThat(segment).isEqualTo(new DeflateSegment(out.size(), 9, 0xcbf43926));
        assertThat(writer.finish()).isSameAs(segment);
        assertThatThrownBy(() -> writer.write(1)).isInstanceOf(IOException.class);
    }

    private static void check(byte[] input) throws IOException {
        byte[] gzip = gzip(input, Runnable::run, Math.max(1, input.length));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .as("%d bytes", input.length)
                .isEqualTo(input);
    }

    private static byte[] gzip(byte[] input, Executor executor, int write) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipOutputStream gzip = new GzipOutputStream(out, executor)) {
            for (int at = 0; at < input.length; at += write) {
                gzip.write(input, at, Math.min(write, input.length - at));
            }
        }
        return out.toByteArray();
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
