package dev.cairn.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing buffer of bits, filled from the least significant bit of each byte on (RFC 1951, section 3.1.1).
final class BitOutput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[16 << 10];
    private int count;
    private long pending;
    private int pendingBits;

    void clear() {
        count = 0;
        pending = 0;
        pendingBits = 0;
    }

    int byteCount() {
        return count;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, count);
    }

    /// Makes room for so many more bytes.
    void ensure(int more) {
        if (bytes.length - count < more + 8) {
            bytes = Arrays.copyOf(bytes, Math.max(count + more + 8, bytes.length * 2));
        }
    }

    /// Appends the low `length` (at most 48) bits of `value`, which has no others.
    void put(long value, int length) {
        long bits = pending | (value << pendingBits);
        int total = pendingBits + length;
        LONG.set(bytes, count, bits);
        count += total >>> 3;
        pending = bits >>> (total & ~7);
        pendingBits = total & 7;
    }

    boolean isAligned() {
        return pendingBits == 0;
    }

    /// Fills the current byte with zeros.
    void align() {
        if (pendingBits > 0) {
            put(0, 8 - pendingBits);
        }
    }

    /// Appends whole bytes; the output must be aligned.
    void putBytes(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, count, length);
        count += length;
    }
}
