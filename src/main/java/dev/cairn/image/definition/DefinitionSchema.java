package dev.cairn.image.definition;

import dev.cairn.image.definition.KeyType.Choice;
import dev.cairn.image.definition.KeyType.Flag;
import dev.cairn.image.definition.KeyType.Items;
import dev.cairn.image.definition.KeyType.Mode;
import dev.cairn.image.definition.KeyType.Refused;
import dev.cairn.image.definition.KeyType.Section;
import dev.cairn.image.definition.KeyType.Table;
import dev.cairn.image.definition.KeyType.Text;
import dev.cairn.image.definition.KeyType.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON schema (draft 2020-12) of definitions, for editors that complete and check while one writes.
///
/// It is made from the table that the reader uses. What the reader takes beyond it (a number where a text is wanted)
/// the schema takes too; what only the whole definition shows (missing files, two kinds of repositories) it does not
/// know.
public final class DefinitionSchema {
    private DefinitionSchema() {}

    /// The schema's text, as `docs/reference/definition.schema.json` has it.
    public static String json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Cairn image definition");
        schema.putAll(section(DefinitionKeys.ROOT));
        return JsonText.pretty(schema);
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Key key : section.keys()) {
            properties.put(key.name(), property(key));
            if (key.required()) {
                required.add(key.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", key(required, "object"));
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    /// An optional section may be empty; one with required keys may not.
    private static Object key(List<String> required, String type) {
        return required.isEmpty() ? List.of(type, "null") : type;
    }

    private static Map<String, Object> property(Key key) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", key.meaning());
        property.putAll(schema(key.type()));
        if (key.type() instanceof Refused) {
            property.put("deprecated", true);
        }
        return property;
    }

    private static Map<String, Object> schema(KeyType type) {
        return switch (type) {
            case Text text -> text(text.rule());
            case Whole whole -> ordered("type", "integer", "minimum", whole.least(), "maximum", whole.most());
            case Mode mode -> ordered("type", List.of("integer", "string"), "minimum", 0, "maximum", Scalars.MOST_BITS);
            case Flag flag -> ordered("type", "boolean");
            case Choice choice -> ordered("enum", values(choice.words()));
            case Items items -> ordered("type", List.of("array", "null"), "items", schema(items.item()));
            case Table table ->
                ordered(
                        "type",
                        List.of("object", "null"),
                        "propertyNames",
                        ordered("pattern", table.key().pattern()),
                        "additionalProperties",
                        ordered("type", List.of("string", "number", "boolean", "null")));
            case Section section -> section(section);
            case Refused refused -> ordered("type", "null");
        };
    }

    private static Map<String, Object> text(TextRule rule) {
        return ordered("type", List.of("string", "number", "boolean"), "pattern", rule.pattern());
    }

    /// A YAML editor reads `386` as a number.
    private static List<Object> values(List<String> words) {
        List<Object> values = new ArrayList<>(words);
        for (String word : words) {
            if (Scalars.isDigits(word)) {
                values.add(Integer.valueOf(word));
            }
        }
        return values;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i].toString(), pairs[i + 1]);
        }
        return map;
    }
}
