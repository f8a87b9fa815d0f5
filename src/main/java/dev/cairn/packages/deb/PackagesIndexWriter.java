package dev.cairn.packages.deb;

import dev.cairn.packages.deb.IndexRow.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns a Packages file into its compact form, see [PackagesIndex]. The rows are held in memory while it works:
/// about half of the file's size.
final class PackagesIndexWriter {
    private static final Field[] FIELDS = Field.values();
    /// A name that no package can have; essential packages provide it, so that they are found without a search.
    static final String ESSENTIAL = " essential";

    private static final int MAX_LINE = 4 << 20;

    private final String architecture;
    private final Map<String, Name> byName = new HashMap<>();
    private final List<Name> names = new ArrayList<>();
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream(1 << 20);
    private final List<Integer> essential = new ArrayList<>();
    private final Map<Field, String> values = new EnumMap<>(Field.class);
    private final Map<String, Field> fieldsByTitle = new HashMap<>();

    /// A name and the rows that it leads to.
    private static final class Name {
        final String text;
        int[] defining = new int[0];
        int[] providing = new int[0];

        Name(String text) {
            this.text = text;
        }

        static int[] with(int[] list, int position) {
            if (list.length > 0 && list[list.length - 1] == position) {
                return list;
            }
            int[] longer = Arrays.copyOf(list, list.length + 1);
            longer[list.length] = position;
            return longer;
        }
    }

    private PackagesIndexWriter(String architecture) {
        this.architecture = architecture;
        for (Field field : FIELDS) {
            fieldsByTitle.put(field.title, field);
        }
    }

    /// Reads a Packages file for this architecture and writes its compact form.
    ///
    /// @throws DebException when the file is malformed
    static void write(InputStream packages, String architecture, OutputStream out) throws IOException {
        PackagesIndexWriter writer = new PackagesIndexWriter(architecture);
        writer.readAll(new LineReader(packages, MAX_LINE));
        // Comes last: it must not shift the numbers of real names.
        Name essential = writer.name(ESSENTIAL);
        for (int position : writer.essential) {
            essential.providing = Name.with(essential.providing, position);
        }
        writer.writeAll(out);
    }

    private void readAll(LineReader lines) throws IOException {
        Field field = null;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                endRow();
                field = null;
            } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                // Only the first line of a description is kept; the other fields are folded into one line.
                if (field != null && field != Field.DESCRIPTION) {
                    values.merge(field, line, String::concat);
                }
            } else {
                int colon = line.indexOf(':');
                if (colon <= 0) {
                    throw DebException.malformed("a line of a Packages file is not a field: '"
                            + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "'");
                }
                field = fieldsByTitle.get(line.substring(0, colon));
                if (field != null) {
                    values.put(field, line.substring(colon + 1).strip());
                }
            }
        }
        endRow();
    }

    private void endRow() {
        String name = values.get(Field.PACKAGE);
        if (name == null) {
            if (values.get(Field.VERSION) != null) {
                throw DebException.malformed("a paragraph of a Packages file has no Package field");
            }
            values.clear();
            return;
        }
        int position = rows.size();
        for (Field field : FIELDS) {
            String value = values.get(field);
            if (value != null) {
                IndexRow.write(field, value, rows);
            }
        }
        rows.write(IndexRow.END);
        Name own = name(name);
        own.defining = Name.with(own.defining, position);
        for (Field field : EnumSet.range(Field.PRE_DEPENDS, Field.ENHANCES)) {
            mention(values.get(field));
        }
        provide(name, position);
        if ("yes".equals(values.get(Field.ESSENTIAL))) {
            essential.add(position);
        }
        values.clear();
    }

    private Name name(String text) {
        Name known = byName.get(text);
        if (known == null) {
            known = new Name(text);
            byName.put(text, known);
            names.add(known);
        }
        return known;
    }

    private void mention(@Nullable String field) {
        if (field != null) {
            for (List<Relation> group : Relation.parseField(field)) {
                for (Relation relation : group) {
                    name(targetName(relation, architecture));
                    if (targetName(relation, architecture).endsWith(":" + architecture)) {
                        name(relation.name());
                    }
                }
            }
        }
    }

    /// The name that a relation points to: `:any` and architectures are part of it, as in apt.
    static String targetName(Relation relation, String architecture) {
        return switch (relation.qualifier()) {
            case "" -> relation.name();
            case "native" -> relation.name() + ":" + architecture;
            default -> relation.name() + ":" + relation.qualifier();
        };
    }

    private void provide(String own, int position) {
        boolean allowed = "allowed".equals(values.get(Field.MULTI_ARCH));
        String provides = values.get(Field.PROVIDES);
        if (provides != null) {
            for (List<Relation> group : Relation.parseField(provides)) {
                Relation relation = group.getFirst();
                String target = targetName(relation, architecture);
                if (allowed && relation.qualifier().isEmpty()) {
                    provided(target + ":any", position);
                }
                if (!target.equals(own) || relation.version() != null) {
                    provided(target, position);
                }
            }
        }
        if (allowed) {
            provided(own + ":any", position);
        }
    }

    private void provided(String target, int position) {
        Name name = name(target);
        name.providing = Name.with(name.providing, position);
    }

    private void writeAll(OutputStream out) throws IOException {
        int slots = Integer.highestOneBit(Math.max(names.size(), 8)) * 4;
        int[] table = new int[slots];
        ByteArrayOutputStream records = new ByteArrayOutputStream(1 << 20);
        int[] positions = new int[names.size()];
        int recordsStart = PackagesIndex.HEADER + 4 * slots + 4 * names.size();
        for (int number = 0; number < names.size(); number++) {
            Name name = names.get(number);
            byte[] text = name.text.getBytes(StandardCharsets.UTF_8);
            int slot = PackagesIndex.hash(text) & (slots - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = number + 1;
            positions[number] = recordsStart + records.size();
            records.writeBytes(record(name, text));
        }
        ByteBuffer head = ByteBuffer.allocate(recordsStart).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(PackagesIndex.MAGIC).putInt(PackagesIndex.VERSION).putInt(slots);
        head.putInt(names.size()).putInt(recordsStart + records.size());
        for (int value : table) {
            head.putInt(value);
        }
        for (int value : positions) {
            head.putInt(value);
        }
        out.write(head.array());
        records.writeTo(out);
        rows.writeTo(out);
    }

    private static byte[] record(Name name, byte[] text) {
        if (text.length > Character.MAX_VALUE) {
            throw DebException.malformed("a package name of " + text.length + " bytes");
        }
        ByteBuffer record = ByteBuffer.allocate(
                        2 + text.length + 8 + 4 * (name.defining.length + name.providing.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putChar((char) text.length).put(text);
        record.putInt(name.defining.length);
        for (int position : name.defining) {
            record.putInt(position);
        }
        record.putInt(name.providing.length);
        for (int position : name.providing) {
            record.putInt(position);
        }
        return record.array();
    }
}
