package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `length key=value\n` records of one PAX extended header (POSIX.1-2017 pax, "pax Extended Header").
///
/// A key that occurs twice is refused: readers disagree about which one counts. Values stay bytes, because some
/// (extended attributes) are binary.
final class PaxRecords {
    private static final Set<String> STANDARD_KEYS =
            Set.of("path", "linkpath", "size", "uid", "gid", "uname", "gname", "mtime", "hdrcharset");

    static final PaxRecords NONE = new PaxRecords(Map.of());

    private final Map<String, byte[]> values;

    private PaxRecords(Map<String, byte[]> values) {
        this.values = values;
    }

    static PaxRecords parse(byte[] bytes) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        int position = 0;
        while (position < bytes.length) {
            position = parseRecord(bytes, position, values);
        }
        return new PaxRecords(values);
    }

    private static int parseRecord(byte[] bytes, int start, Map<String, byte[]> values) {
        int length = 0;
        int i = start;
        while (i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9' && i - start < 9) {
            length = length * 10 + (bytes[i] - '0');
            i++;
        }
        int end = start + length;
        if (i == start || i >= bytes.length || bytes[i] != ' ' || end > bytes.length || end <= i + 2) {
            throw malformed("no record at byte " + start);
        }
        if (bytes[end - 1] != '\n') {
            throw malformed("the record at byte " + start + " has no newline at its end");
        }
        int equals = i + 1;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        if (equals == end || equals == i + 1) {
            throw malformed("the record at byte " + start + " has no key");
        }
        String key = TarField.utf8(bytes, i + 1, equals - i - 1);
        if (values.put(key, Arrays.copyOfRange(bytes, equals + 1, end - 1)) != null) {
            throw malformed("the key " + TarPath.quote(key) + " occurs twice");
        }
        return end;
    }

    Map<String, byte[]> values() {
        return values;
    }

    /// Only the records that say more than an entry's own fields.
    PaxRecords withoutStandardKeys() {
        Map<String, byte[]> others = new LinkedHashMap<>(values);
        others.keySet().removeAll(STANDARD_KEYS);
        return new PaxRecords(others);
    }

    /// The value as text; null where the key is absent or its value empty (which means: as in the header).
    @Nullable
    String text(String key) {
        byte[] value = values.get(key);
        if (value == null || value.length == 0) {
            return null;
        }
        String text = TarField.utf8(value, 0, value.length);
        if (text.indexOf('\0') >= 0) {
            throw malformed("the value of " + key + " contains a NUL");
        }
        return text;
    }

    /// A non-negative whole number, or `otherwise`.
    long number(String key, long otherwise) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i >= 18) {
                throw malformed(key + " is not a number: " + TarPath.quote(text));
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /// Seconds, rounded down: times may have a fraction and a sign.
    long seconds(String key, long otherwise) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        int start = text.startsWith("-") ? 1 : 0;
        int dot = text.indexOf('.');
        int end = dot < 0 ? text.length() : dot;
        if (end == start || end - start > 18) {
            throw malformed(key + " is not a time: " + TarPath.quote(text));
        }
        long value = 0;
        boolean fraction = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != dot && (c < '0' || c > '9')) {
                throw malformed(key + " is not a time: " + TarPath.quote(text));
            }
            if (i < end) {
                value = value * 10 + (c - '0');
            } else {
                fraction |= c > '0';
            }
        }
        return start == 0 ? value : -value - (fraction ? 1 : 0);
    }

    private static ArchiveException malformed(String complaint) {
        return new ArchiveException(Code.MALFORMED, "tar: bad PAX header: " + complaint);
    }
}
