package dev.cairn.advisory;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes one file of the database: the facts of one target from one kind of feed. [Part] reads it.
///
/// Magic and version; a string table (count, offsets, UTF-8 bytes; string 0 is empty); the packages, sorted by the
/// bytes of their names, as pairs (name, place of its facts); the facts as variable-length integers. The same facts
/// give the same bytes.
final class PartFile {
    static final long MAGIC = 0x434149524e564442L;
    static final int VERSION = 1;

    /// Files hold places in these lists: new values go to their ends.
    static final List<Fact.Status> STATUSES = List.of(Fact.Status.values());

    static final List<Severity> SEVERITIES = List.of(Severity.values());

    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final ByteArrayOutputStream facts = new ByteArrayOutputStream();

    private PartFile() {
        string("");
    }

    /// Writes the facts, which are in any order.
    static void write(List<Fact> facts, OutputStream out) throws IOException {
        new PartFile().writeAll(facts, out);
    }

    private void writeAll(List<Fact> all, OutputStream target) throws IOException {
        SortedMap<String, List<Fact>> byPackage = new TreeMap<>(Part::compareUtf8);
        for (Fact fact : all) {
            byPackage
                    .computeIfAbsent(fact.packageName(), n -> new ArrayList<>())
                    .add(fact);
        }
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        DataOutputStream index = new DataOutputStream(table);
        for (Map.Entry<String, List<Fact>> entry : byPackage.entrySet()) {
            index.writeInt(string(entry.getKey()));
            index.writeInt(facts.size());
            number(entry.getValue().size());
            entry.getValue().forEach(this::write);
        }
        DataOutputStream out = new DataOutputStream(target);
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        writeStrings(out);
        out.writeInt(byPackage.size());
        out.writeInt(facts.size());
        table.writeTo(out);
        facts.writeTo(out);
        out.flush();
    }

    private void writeStrings(DataOutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream places = new ByteArrayOutputStream();
        DataOutputStream offsets = new DataOutputStream(places);
        for (String string : strings.keySet()) {
            offsets.writeInt(bytes.size());
            bytes.writeBytes(string.getBytes(StandardCharsets.UTF_8));
        }
        offsets.writeInt(bytes.size());
        out.writeInt(strings.size());
        places.writeTo(out);
        bytes.writeTo(out);
    }

    private void write(Fact fact) {
        number(string(fact.id()));
        number(fact.aliases().size());
        fact.aliases().forEach(alias -> number(string(alias)));
        number((STATUSES.indexOf(fact.status()) << 1) | (fact.inverted() ? 1 : 0));
        number(fact.ranges().size());
        for (Range range : fact.ranges()) {
            number(string(range.from()));
            number(string(range.to()));
            number((range.fromExclusive() ? 1 : 0) | (range.toInclusive() ? 2 : 0));
        }
        number(fact.published() == Fact.NO_DAY ? 0 : Math.max(0, fact.published()) + 1);
        number(SEVERITIES.indexOf(fact.severity()));
        number(string(fact.vector()));
        number(string(fact.note()));
    }

    private int string(String text) {
        Integer known = strings.putIfAbsent(text, strings.size());
        return known == null ? strings.size() - 1 : known;
    }

    private void number(int value) {
        int left = value;
        while (left > 0x7f) {
            facts.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        facts.write(left);
    }
}
