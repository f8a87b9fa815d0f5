package dev.cairn.packages.apk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A sequence of arrays in one byte array, each with its length before it: written once, read in bulk.
final class IntSections {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
    private final ByteBuffer in;

    IntSections() {
        this(new byte[0]);
    }

    IntSections(byte[] content) {
        in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    void ints(int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(values.length);
        buffer.asIntBuffer().put(values);
        out.writeBytes(buffer.array());
    }

    void longs(long[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(values.length);
        for (long value : values) {
            buffer.putLong(value);
        }
        out.writeBytes(buffer.array());
    }

    void bytes(byte[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(buffer.putInt(values.length).put(values).array());
    }

    int[] ints() {
        int[] values = new int[length(4)];
        in.asIntBuffer().get(values);
        in.position(in.position() + values.length * 4);
        return values;
    }

    long[] longs() {
        long[] values = new long[length(8)];
        in.asLongBuffer().get(values);
        in.position(in.position() + values.length * 8);
        return values;
    }

    byte[] bytes() {
        byte[] values = new byte[length(1)];
        in.get(values);
        return values;
    }

    private int length(int each) {
        int length = in.remaining() < 4 ? -1 : in.getInt();
        if (length < 0 || (long) length * each > in.remaining()) {
            throw new ApkException(ApkException.Code.INDEX_FORMAT, "a compiled index that is cut short");
        }
        return length;
    }
}
