package dev.cairn.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Seeded test data: the same on every machine, since [Random] is specified to the bit.
final class Samples {
    private static final String[] WORDS = {
        "package",
        "layer",
        " ",
        "digest ",
        "\n",
        "import ",
        "return",
        "static const char *",
        "0x00",
        "the ",
        "of ",
        "usr/share/doc/",
        "é",
        "manifest",
        "{",
        "}",
        ";\n    ",
        "=",
        "\"",
        "lib",
        ".so.6",
        "version",
        "12.",
        "3-4"
    };

    private Samples() {}

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// Text-like: words of skewed frequency, with some numbers.
    static byte[] text(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length + 32);
        while (text.length() < length) {
            int word = Math.min(random.nextInt(WORDS.length), random.nextInt(WORDS.length));
            text.append(WORDS[word]);
            if (random.nextInt(9) == 0) {
                text.append(random.nextInt(100_000));
            }
        }
        return java.util.Arrays.copyOf(text.toString().getBytes(StandardCharsets.UTF_8), length);
    }

    /// Program-like: 32-bit records of few opcodes and skewed operands, runs of zeros, some text between.
    static byte[] program(int length, long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4096);
        while (out.size() < length) {
            int records = random.nextInt(400);
            for (int i = 0; i < records; i++) {
                out.write(0x40 + random.nextInt(8));
                out.write(0x80 | random.nextInt(32));
                out.write(random.nextInt(4) == 0 ? random.nextInt(256) : 0);
                out.write(random.nextInt(16) == 0 ? 0xff : 0);
            }
            out.writeBytes(new byte[random.nextInt(64)]);
            out.writeBytes(text(random.nextInt(200), random.nextLong()));
        }
        return java.util.Arrays.copyOf(out.toByteArray(), length);
    }
}
