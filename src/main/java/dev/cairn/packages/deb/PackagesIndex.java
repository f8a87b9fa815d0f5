package dev.cairn.packages.deb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A Packages file in the compact form that Cairn keeps of it: a table from every name that the file mentions to the
/// rows that define it and the rows that provide it. It is mapped, not read: opening costs nothing, a row is parsed
/// when it is asked for.
///
/// A name's number is the order in which apt would make it known while it reads the same file: a paragraph's own name
/// first, then what it pre-depends on, depends on, conflicts with, breaks, recommends, suggests, replaces, enhances
/// and provides. apt breaks its last ties by that number, so Cairn has to know it.
///
/// Layout, little-endian: magic, version, slot count, name count; the slots (name number + 1, by hash, linear
/// probing); each name's record position; the records (name, row positions, provider positions); the rows.
final class PackagesIndex {
    static final int MAGIC = 0x49444243;
    static final int VERSION = 4;
    static final int HEADER = 20;

    private final ByteBuffer data;
    private final int slots;
    private final int names;
    private final int rows;

    /// Opens the compact form.
    ///
    /// @throws DebException when it is not one
    PackagesIndex(ByteBuffer bytes) {
        data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (data.limit() < HEADER || data.getInt(0) != MAGIC || data.getInt(4) != VERSION) {
            throw DebException.malformed("not a compact package index");
        }
        slots = data.getInt(8);
        names = data.getInt(12);
        rows = data.getInt(16);
    }

    static int hash(byte[] name) {
        int hash = 0x811c9dc5;
        for (byte b : name) {
            hash = (hash ^ b) * 0x01000193;
        }
        return hash ^ (hash >>> 15);
    }

    /// How many names there are; numbers go from 0 to one less.
    int names() {
        return names;
    }

    /// The name's number, or -1.
    int find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int slot = hash(wanted) & (slots - 1);
        while (true) {
            int number = data.getInt(HEADER + 4 * slot) - 1;
            if (number < 0) {
                return -1;
            }
            int record = record(number);
            if (data.getChar(record) == wanted.length && matches(record + 2, wanted)) {
                return number;
            }
            slot = (slot + 1) & (slots - 1);
        }
    }

    private boolean matches(int position, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (data.get(position + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private int record(int number) {
        return data.getInt(HEADER + 4 * slots + 4 * number);
    }

    /// The name with this number.
    String name(int number) {
        int record = record(number);
        byte[] bytes = new byte[data.getChar(record)];
        data.get(record + 2, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The positions of the rows that define packages of this name, in file order.
    int[] defining(int number) {
        int record = record(number);
        return list(record + 2 + data.getChar(record));
    }

    /// The positions of the rows that provide this name, in file order.
    int[] providing(int number) {
        int record = record(number);
        int first = record + 2 + data.getChar(record);
        return list(first + 4 + 4 * data.getInt(first));
    }

    private int[] list(int position) {
        int[] list = new int[data.getInt(position)];
        for (int i = 0; i < list.length; i++) {
            list[i] = data.getInt(position + 4 + 4 * i);
        }
        return list;
    }

    /// The row at a position that a list gave.
    IndexRow row(int position) {
        return IndexRow.read(data, rows + position);
    }
}
