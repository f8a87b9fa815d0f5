package dev.cairn.packages.deb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One paragraph of a Debian control file (deb822, Policy 5.1): fields in the order they were written, found without
/// regard to case. A folded or multi-line value keeps its line breaks and the blank that begins each further line.
public final class ControlFields {
    private final List<Field> fields;
    private final Map<String, Integer> positions;

    /// One field as written.
    ///
    /// @param name the name as written
    /// @param value the value without the blanks around it; further lines begin with `\n`
    public record Field(String name, String value) {}

    private ControlFields(List<Field> fields) {
        this.fields = Collections.unmodifiableList(fields);
        this.positions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (positions.putIfAbsent(field.name, i) != null) {
                throw DebException.malformed("field '" + field.name + "' stands twice in one paragraph");
            }
        }
    }

    /// A paragraph of these fields.
    public static ControlFields of(List<Field> fields) {
        return new ControlFields(new ArrayList<>(fields));
    }

    /// Reads text that must be exactly one paragraph.
    ///
    /// @throws DebException when it is none, more than one, or malformed
    public static ControlFields parse(String text) {
        List<ControlFields> all = parseAll(text);
        if (all.size() != 1) {
            throw DebException.malformed("expected one paragraph of control fields, found " + all.size());
        }
        return all.getFirst();
    }

    /// Reads UTF-8 bytes that must be exactly one paragraph.
    public static ControlFields parse(byte[] bytes) {
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }

    /// Reads every paragraph of a text; lines that begin with `#` are comments.
    public static List<ControlFields> parseAll(String text) {
        List<ControlFields> paragraphs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            int stop = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
            readLine(text.substring(start, stop), fields, paragraphs);
            start = end + 1;
        }
        endParagraph(fields, paragraphs);
        return paragraphs;
    }

    private static void readLine(String line, List<Field> fields, List<ControlFields> paragraphs) {
        if (line.isBlank()) {
            endParagraph(fields, paragraphs);
        } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            if (fields.isEmpty()) {
                throw DebException.malformed("a paragraph begins with a continued line: '" + brief(line) + "'");
            }
            Field last = fields.removeLast();
            fields.add(new Field(last.name, last.value + "\n" + line));
        } else if (line.charAt(0) != '#') {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.substring(0, colon).indexOf(' ') >= 0) {
                throw DebException.malformed("not a control field: '" + brief(line) + "'");
            }
            fields.add(new Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    private static void endParagraph(List<Field> fields, List<ControlFields> paragraphs) {
        if (!fields.isEmpty()) {
            paragraphs.add(new ControlFields(new ArrayList<>(fields)));
            fields.clear();
        }
    }

    private static String brief(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    /// The fields in the order they were written.
    public List<Field> fields() {
        return fields;
    }

    /// The field's value, or null.
    public @Nullable String get(String name) {
        Integer position = positions.get(name);
        return position == null ? null : fields.get(position).value;
    }

    /// The field's value, or `fallback`.
    public String get(String name, String fallback) {
        String value = get(name);
        return value == null ? fallback : value;
    }

    /// The field's value; its absence is an error.
    public String require(String name) {
        String value = get(name);
        if (value == null) {
            throw DebException.malformed("field '" + name + "' is missing"
                    + (positions.containsKey("Package") ? " in package " + get("Package") : ""));
        }
        return value;
    }

    /// True for `yes`, in any case.
    public boolean isYes(String name) {
        return get(name, "no").toLowerCase(Locale.ROOT).equals("yes");
    }

    /// The paragraph as text, each field on its own line and no blank line at the end.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Field field : fields) {
            boolean separate = !field.value.isEmpty() && field.value.charAt(0) != '\n';
            text.append(field.name)
                    .append(separate ? ": " : ":")
                    .append(field.value)
                    .append('\n');
        }
        return text.toString();
    }
}
