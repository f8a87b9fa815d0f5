package dev.cairn.packages.deb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One package version as an index describes it: the fields of a Packages paragraph that Cairn uses.
///
/// In the compact index a row is one line per field, a tag byte and the value, and ends with an empty line.
final class IndexRow {
    /// The fields that a row keeps, in the order in which apt makes their targets known (see [PackagesIndex]).
    enum Field {
        PACKAGE("Package", 'P'),
        VERSION("Version", 'V'),
        ARCHITECTURE("Architecture", 'A'),
        SOURCE("Source", 'o'),
        ESSENTIAL("Essential", 'E'),
        IMPORTANT("Important", 'I'),
        PROTECTED("Protected", 'K'),
        MULTI_ARCH("Multi-Arch", 'M'),
        PRIORITY("Priority", 'p'),
        INSTALLED_SIZE("Installed-Size", 'i'),
        SIZE("Size", 'S'),
        SHA256("SHA256", 'h'),
        FILENAME("Filename", 'F'),
        DESCRIPTION("Description", 'T'),
        PRE_DEPENDS("Pre-Depends", 'Q'),
        DEPENDS("Depends", 'D'),
        CONFLICTS("Conflicts", 'C'),
        BREAKS("Breaks", 'B'),
        RECOMMENDS("Recommends", 'R'),
        SUGGESTS("Suggests", 's'),
        REPLACES("Replaces", 'r'),
        ENHANCES("Enhances", 'e'),
        PROVIDES("Provides", 'v');

        final String title;
        final byte tag;

        Field(String title, char tag) {
            this.title = title;
            this.tag = (byte) tag;
        }
    }

    private static final Field[] FIELDS = Field.values();

    private final Map<Field, String> values = new EnumMap<>(Field.class);

    /// Reads the row at `start`.
    static IndexRow read(ByteBuffer rows, int start) {
        IndexRow row = new IndexRow();
        int i = start;
        while (rows.get(i) != '\n') {
            byte tag = rows.get(i++);
            int end = i;
            while (rows.get(end) != '\n') {
                end++;
            }
            byte[] value = new byte[end - i];
            rows.get(i, value);
            row.values.put(fieldOf(tag), new String(value, StandardCharsets.UTF_8));
            i = end + 1;
        }
        return row;
    }

    private static Field fieldOf(byte tag) {
        for (Field field : FIELDS) {
            if (field.tag == tag) {
                return field;
            }
        }
        throw DebException.malformed("unknown tag in a compact package index");
    }

    @Nullable
    String get(Field field) {
        return values.get(field);
    }

    String get(Field field, String fallback) {
        String value = values.get(field);
        return value == null ? fallback : value;
    }

    String require(Field field) {
        String value = values.get(field);
        if (value == null) {
            throw DebException.malformed(
                    "package " + get(Field.PACKAGE, "without a name") + " has no " + field.title + " in its index");
        }
        return value;
    }

    boolean isYes(Field field) {
        return "yes".equals(values.get(field));
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
