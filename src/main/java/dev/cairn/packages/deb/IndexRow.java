package dev.cairn.packages.deb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One package version as an index describes it: the fields of a Packages paragraph that Cairn uses.
///
/// In the compact index a row is a list of fields (slot byte, length, UTF-8 bytes) and ends with the slot 127.
final class IndexRow {
    /// The fields that a row keeps, in the order in which apt makes their targets known (see [PackagesIndex]).
    enum Field {
        PACKAGE("Package", 0),
        VERSION("Version", 1),
        ARCHITECTURE("Architecture", 2),
        SOURCE("Source", 3),
        ESSENTIAL("Essential", 4),
        IMPORTANT("Important", 5),
        PROTECTED("Protected", 6),
        MULTI_ARCH("Multi-Arch", 7),
        PRIORITY("Priority", 8),
        INSTALLED_SIZE("Installed-Size", 9),
        SIZE("Size", 10),
        SHA256("SHA256", 11),
        FILENAME("Filename", 12),
        DESCRIPTION("Description", 13),
        PRE_DEPENDS("Pre-Depends", 14),
        DEPENDS("Depends", 15),
        CONFLICTS("Conflicts", 16),
        BREAKS("Breaks", 17),
        RECOMMENDS("Recommends", 18),
        SUGGESTS("Suggests", 19),
        REPLACES("Replaces", 20),
        ENHANCES("Enhances", 21),
        PROVIDES("Provides", 22);

        final String title;
        final int slot;

        Field(String title, int slot) {
            this.title = title;
            this.slot = slot;
        }
    }

    static final int END = 127;
    private static final Field[] FIELDS = Field.values();

    private final ByteBuffer rows;
    private final int[] starts = new int[FIELDS.length];
    private final @Nullable String[] values = new String[FIELDS.length];

    private IndexRow(ByteBuffer rows) {
        this.rows = rows;
    }

    /// Finds the fields of the row at `start`; a value is decoded when it is asked for.
    static IndexRow read(ByteBuffer rows, int start) {
        IndexRow row = new IndexRow(rows);
        int position = start;
        for (int slot = rows.get(position); slot != END; slot = rows.get(position)) {
            if (slot < 0 || slot >= FIELDS.length) {
                throw DebException.malformed("unknown field in a compact package index");
            }
            row.starts[slot] = position + 1;
            position += 5 + rows.getInt(position + 1);
        }
        return row;
    }

    /// Writes one field in the compact form.
    static void write(Field field, String value, ByteArrayOutputStream out) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.write(field.slot);
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(bytes.length >>> shift);
        }
        out.writeBytes(bytes);
    }

    @Nullable
    String get(Field field) {
        int slot = field.slot;
        String value = values[slot];
        if (value == null && starts[slot] != 0) {
            byte[] bytes = new byte[rows.getInt(starts[slot])];
            rows.get(starts[slot] + 4, bytes);
            value = new String(bytes, StandardCharsets.UTF_8);
            values[slot] = value;
        }
        return value;
    }

    String get(Field field, String fallback) {
        String value = get(field);
        return value == null ? fallback : value;
    }

    String require(Field field) {
        String value = get(field);
        if (value == null) {
            throw DebException.malformed(
                    "package " + get(Field.PACKAGE, "without a name") + " has no " + field.title + " in its index");
        }
        return value;
    }

    boolean isYes(Field field) {
        return "yes".equals(get(field));
    }

    long number(Field field) {
        String value = get(field, "0");
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new DebException(
                    DebException.Code.MALFORMED,
                    field.title + " of package " + get(Field.PACKAGE, "") + " is not a number: '" + value + "'",
                    e);
        }
    }
}
