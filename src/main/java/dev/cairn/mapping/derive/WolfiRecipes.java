package dev.cairn.mapping.derive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// Reads a folder of Wolfi's build recipes (`*.yaml`) for the names that can be asked for: of packages, of their
/// subpackages, and those that either provides. Variables, their transforms and ranges are filled in; a name in which a
/// variable is left is none. A recipe that is not understood is left out: the tables only lack its names then.
final class WolfiRecipes {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setTagConstructors(Map.of(Tag.NULL, node -> ""))
            .setAllowDuplicateKeys(true)
            .build();
    private static final int ROUNDS = 3;

    private final Set<String> names = new TreeSet<>();

    private WolfiRecipes() {}

    static Set<String> names(Path folder) throws IOException {
        WolfiRecipes recipes = new WolfiRecipes();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                recipes.read(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return recipes.names;
    }

    static Set<String> names(String recipe) {
        WolfiRecipes recipes = new WolfiRecipes();
        recipes.read(recipe);
        return recipes.names;
    }

    private void read(String text) {
        Object document;
        try {
            document = new Load(SETTINGS).loadFromString(text);
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            // the engine has these for some broken documents
            return;
        }
        if (!(document instanceof Map<?, ?> recipe) || !(recipe.get("package") instanceof Map<?, ?> main)) {
            return;
        }
        Map<String, String> values = values(recipe, main);
        add(main, values);
        Map<String, Map<?, ?>> ranges = new HashMap<>();
        for (Map<?, ?> each : maps(recipe.get("data"))) {
            if (each.get("items") instanceof Map<?, ?> items) {
                ranges.put(text(each.get("name")), items);
            }
        }
        for (Map<?, ?> each : maps(recipe.get("subpackages"))) {
            if (text(each.get("range")).isEmpty()) {
                add(each, values);
                continue;
            }
            ranges.getOrDefault(text(each.get("range")), Map.of()).forEach((key, value) -> {
                Map<String, String> own = new HashMap<>(values);
                own.put("range.key", text(key));
                own.put("range.value", text(value));
                add(each, own);
            });
        }
    }

    private static Map<String, String> values(Map<?, ?> recipe, Map<?, ?> main) {
        Map<String, String> values = new HashMap<>();
        values.put("package.name", text(main.get("name")));
        values.put("package.version", text(main.get("version")));
        values.put("package.epoch", text(main.get("epoch")));
        values.put("package.full-version", text(main.get("version")) + "-r" + text(main.get("epoch")));
        if (recipe.get("vars") instanceof Map<?, ?> variables) {
            variables.forEach((key, value) -> values.put("vars." + text(key), text(value)));
        }
        for (Map<?, ?> each : maps(recipe.get("var-transforms"))) {
            try {
                String replacement = text(each.get("replace")).replaceAll("\\$\\{(\\d)\\}", "\\$$1");
                String from = filled(text(each.get("from")), values);
                values.put("vars." + text(each.get("to")), from.replaceAll(text(each.get("match")), replacement));
            } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
                // the name that needs it has a variable left, and is none
            }
        }
        return values;
    }

    private void add(Map<?, ?> item, Map<String, String> values) {
        String name = filled(text(item.get("name")), values);
        keep(name);
        Map<String, String> own = new HashMap<>(values);
        own.put("subpkg.name", name);
        if (item.get("dependencies") instanceof Map<?, ?> dependencies
                && dependencies.get("provides") instanceof List<?> provided) {
            provided.forEach(each -> keep(beforeVersion(filled(text(each), own))));
        }
    }

    private void keep(String name) {
        boolean plain = !name.isEmpty() && Character.isLetterOrDigit(name.charAt(0));
        for (int i = 0; plain && i < name.length(); i++) {
            plain = Character.isLetterOrDigit(name.charAt(i)) || "+._-".indexOf(name.charAt(i)) >= 0;
        }
        if (plain) {
            names.add(name);
        }
    }

    private static String beforeVersion(String text) {
        int end = 0;
        while (end < text.length() && "=<>~ ".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    /// The text with each `${{name}}` that has a value replaced by it.
    private static String filled(String text, Map<String, String> values) {
        String result = text;
        for (int round = 0; round < ROUNDS && result.contains("${{"); round++) {
            StringBuilder next = new StringBuilder();
            int at = 0;
            int start = result.indexOf("${{");
            while (start >= 0) {
                int end = result.indexOf("}}", start);
                String value = end < 0
                        ? null
                        : values.get(result.substring(start + 3, end).strip());
                int stop = end < 0 ? result.length() : end + 2;
                next.append(result, at, start).append(value == null ? result.substring(start, stop) : value);
                at = stop;
                start = result.indexOf("${{", at);
            }
            result = next.append(result, at, result.length()).toString();
        }
        return result;
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
