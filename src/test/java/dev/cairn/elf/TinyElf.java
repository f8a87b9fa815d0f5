package dev.cairn.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Makes the smallest shared object with an interpreter and a dynamic section; its segment is loaded at an address
/// that differs from its offset.
public final class TinyElf {
    private static final long ADDRESS = 0x10000;
    private final boolean wide;
    private final ByteOrder order;
    private final List<long[]> dynamic = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

    TinyElf(int bits, ByteOrder order) {
        this(bits, order, "libtiny.so.1");
    }

    /// One with this soname.
    public TinyElf(int bits, ByteOrder order, String soname) {
        this.wide = bits == 64;
        this.order = order;
        strings.write(0);
        name(14, soname);
        name(29, "$ORIGIN/../lib:/opt");
        name(15, "/old");
    }

    public TinyElf needed(String... names) {
        for (String name : names) {
            name(1, name);
        }
        return this;
    }

    private void name(int tag, String value) {
        dynamic.add(new long[] {tag, string(value)});
    }

    private long string(String value) {
        int at = strings.size();
        strings.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        strings.write(0);
        return at;
    }

    public byte[] bytes() {
        long interpreter = string("/lib/ld.so");
        int head = wide ? 64 : 52;
        int header = wide ? 56 : 32;
        int dynamicAt = head + 3 * header;
        int stringsAt = dynamicAt + (dynamic.size() + 3) * (wide ? 16 : 8);
        int end = stringsAt + strings.size();
        ByteBuffer out = ByteBuffer.allocate(end).order(order);
        out.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1), 1
        });
        out.position(16).putShort((short) 3).putShort((short) 62).putInt(1);
        word(out, 0);
        word(out, head);
        word(out, 0);
        out.putInt(0).putShort((short) head).putShort((short) header).putShort((short) 3);
        out.position(head);
        segment(out, 3, stringsAt + interpreter, strings.size() - interpreter);
        segment(out, 1, 0, end);
        segment(out, 2, dynamicAt, stringsAt - dynamicAt);
        for (long[] entry : dynamic) {
            word(out, entry[0]);
            word(out, entry[1]);
        }
        word(out, 5);
        word(out, ADDRESS + stringsAt);
        word(out, 10);
        word(out, strings.size());
        word(out, 0);
        word(out, 0);
        return out.put(strings.toByteArray()).array();
    }

    private void segment(ByteBuffer out, int type, long offset, long size) {
        out.putInt(type);
        if (wide) {
            out.putInt(4);
        }
        word(out, offset);
        word(out, ADDRESS + offset);
        word(out, ADDRESS + offset);
        word(out, size);
        word(out, size);
        if (!wide) {
            out.putInt(4);
        }
        word(out, 1);
    }

    private void word(ByteBuffer out, long value) {
        if (wide) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }
}
