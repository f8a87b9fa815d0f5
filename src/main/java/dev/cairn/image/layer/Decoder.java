package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [Encoder] wrote. The bytes come from our own store and carry their digest, so a surprise is a defect or
/// another version's record: it is reported as such.
final class Decoder {
    private static final TarEntry.Type[] TYPES = TarEntry.Type.values();

    private final byte[] bytes;
    private int position;

    Decoder(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7f) << shift;
            if ((b & 0x80) == 0) {
                return value;
            }
        }
        throw damaged();
    }

    int count() {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE - 8) {
            throw damaged();
        }
        return (int) value;
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    String text() {
        int length = length();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    byte[] bytes() {
        int length = length();
        byte[] run = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return run;
    }

    TarEntry.Type entryType() {
        String name = text();
        for (TarEntry.Type type : TYPES) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw damaged();
    }

    private int length() {
        int length = count();
        if (length > bytes.length - position) {
            throw damaged();
        }
        return length;
    }

    private int next() {
        if (position >= bytes.length) {
            throw damaged();
        }
        return bytes[position++] & 0xff;
    }

    static LayerException damaged() {
        return new LayerException(
                LayerException.Code.CACHE,
                "a kept package record can't be read\ntry: cairn cache clean, which makes the records anew");
    }
}
