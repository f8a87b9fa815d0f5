package dev.cairn.image.layer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the kept form of facts: numbers of variable length, texts and byte runs behind their length.
final class Encoder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);

    void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
