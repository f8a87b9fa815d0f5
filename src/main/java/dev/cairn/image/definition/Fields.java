package dev.cairn.image.definition;

import dev.cairn.image.definition.DefinitionException.Code;
import dev.cairn.image.definition.KeyType.Section;
import dev.cairn.image.definition.YamlNode.Mapping;
import dev.cairn.image.definition.YamlNode.Pair;
import dev.cairn.image.definition.YamlNode.Scalar;
import dev.cairn.image.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A section's values after [Checker] has held them against the key table: the types are right from here on.
final class Fields {
    private final SourceFile source;
    private final Section section;
    private final Position position;
    private final Map<String, YamlNode> values = new HashMap<>();

    Fields(SourceFile source, Section section, Mapping mapping) {
        this.source = source;
        this.section = section;
        this.position = mapping.position();
        for (Pair pair : mapping.pairs()) {
            if (!(pair.value() instanceof Scalar scalar
                    && (scalar.isNull() || scalar.text().isEmpty()))) {
                values.put(pair.key().text(), pair.value());
            }
        }
    }

    Position position() {
        return position;
    }

    Position position(String key) {
        YamlNode value = values.get(key);
        return value == null ? position : value.position();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /// The text, absent also when empty, as in apko.
    Optional<String> text(String key) {
        return values.get(key) instanceof Scalar scalar
                ? Optional.of(Scalars.text(scalar, rule(key)))
                : Optional.empty();
    }

    String required(String key) {
        return text(key).orElseThrow(() -> new IllegalStateException("unchecked key " + key));
    }

    OptionalLong whole(String key) {
        return values.get(key) instanceof Scalar scalar ? OptionalLong.of(Scalars.whole(scalar)) : OptionalLong.empty();
    }

    OptionalInt mode(String key) {
        return values.get(key) instanceof Scalar scalar ? OptionalInt.of(Scalars.mode(scalar)) : OptionalInt.empty();
    }

    boolean flag(String key) {
        return values.get(key) instanceof Scalar scalar && Scalars.flag(scalar);
    }

    /// A list of texts.
    List<Entry> entries(String key) {
        List<Entry> entries = new ArrayList<>();
        for (YamlNode item : items(key)) {
            if (item instanceof Scalar scalar) {
                entries.add(new Entry(scalar.text().strip(), scalar.position()));
            }
        }
        return entries;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Entry entry : entries(key)) {
            texts.add(entry.text());
        }
        return texts;
    }

    SortedMap<String, String> table(String key) {
        SortedMap<String, String> table = new TreeMap<>();
        if (values.get(key) instanceof Mapping mapping) {
            for (Pair pair : mapping.pairs()) {
                boolean nothing = !(pair.value() instanceof Scalar scalar) || scalar.isNull();
                table.put(pair.key().text(), nothing ? "" : ((Scalar) pair.value()).text());
            }
        }
        return table;
    }

    /// A section inside this one; an empty one where it is absent.
    Fields section(String key) {
        Section inner = (Section) type(key);
        return values.get(key) instanceof Mapping mapping
                ? new Fields(source, inner, mapping)
                : new Fields(source, inner, new Mapping(position, List.of(), 1, 1));
    }

    /// A list of sections.
    List<Fields> sections(String key) {
        List<Fields> sections = new ArrayList<>();
        Section inner = (Section) ((KeyType.Items) type(key)).item();
        for (YamlNode item : items(key)) {
            sections.add(new Fields(source, inner, (Mapping) item));
        }
        return sections;
    }

    DefinitionException fault(Code code, String key, String problem, String hint) {
        return source.fault(code, position(key), problem, hint);
    }

    DefinitionException fault(Code code, Position at, String problem, String hint) {
        return source.fault(code, at, problem, hint);
    }

    private List<YamlNode> items(String key) {
        return values.get(key) instanceof Sequence sequence ? sequence.items() : List.of();
    }

    private TextRule rule(String key) {
        return type(key) instanceof KeyType.Text text ? text.rule() : TextRule.LINE;
    }

    private KeyType type(String name) {
        for (Key key : section.keys()) {
            if (key.name().equals(name)) {
                return key.type();
            }
        }
        throw new IllegalStateException("no key " + name + " in " + section.title());
    }
}
