package dev.cairn.testing;

import java.util.Arrays;
import java.util.Random;

/// Seeded damage to bytes, for the tests that readers of untrusted input survive anything.
public final class Mutations {
    private Mutations() {}

    /// What is done with each damaged copy.
    public interface Trial {
        /// Reads the bytes; what it may throw is for it to say.
        void run(byte[] damaged) throws Exception;
    }

    /// Runs `rounds` trials, each on a copy with one to four flips, insertions, deletions, repetitions or cuts.
    public static void of(byte[] original, long seed, int rounds, Trial trial) {
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = damage(original, new Random(seed * 1_000_003 + round));
            try {
                trial.run(damaged);
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e, e);
            }
        }
    }

    private static byte[] damage(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> flipped(bytes, at, (byte) (1 << random.nextInt(8)));
                case 1 -> flipped(bytes, at, (byte) random.nextInt(256));
                case 2 -> spliced(bytes, at, at, random(random, 1 + random.nextInt(8)));
                case 3 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(16)), new byte[0]);
                case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 32)));
                default -> Arrays.copyOf(bytes, at);
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, byte mask) {
        bytes[at] ^= mask;
        return bytes;
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = new byte[bytes.length - (to - from) + middle.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
