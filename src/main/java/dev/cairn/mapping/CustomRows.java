package dev.cairn.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// The user's own rows, a YAML file of at most [#MOST] bytes:
///
/// ```yaml
/// packages:
///   our-agent: our-agent-wolfi        # another name
///   our-tools: [git, curl, jq]        # several
///   our-motd: []                      # nothing
/// ```
public final class CustomRows {
    static final int MOST = 1 << 20;
    private static final String KEY = "packages";
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(MOST)
            .setMaxAliasesForCollections(10)
            .build();

    private CustomRows() {}

    /// The rows of the file, by name; an empty list drops the name.
    public static Map<String, List<String>> read(Path file) throws IOException {
        if (Files.size(file) > MOST) {
            throw wrong(file, "it is longer than " + MOST + " bytes");
        }
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file);
    }

    static Map<String, List<String>> parse(String text, Path file) {
        Object document;
        if (text.isBlank()) {
            throw wrong(file, "it is empty");
        }
        try {
            document = new Load(SETTINGS).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw wrong(file, line + "not YAML: " + e.getProblem());
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            // the engine has these for some broken and for some empty documents
            throw wrong(file, "not YAML");
        }
        if (!(document instanceof Map<?, ?> map) || map.size() != 1 || !(map.get(KEY) instanceof Map<?, ?> packages)) {
            throw wrong(file, "it must have the one key 'packages', with a name and what it becomes on each line");
        }
        Map<String, List<String>> rows = new TreeMap<>();
        packages.forEach((name, value) -> rows.put(name(file, name), names(file, value)));
        return rows;
    }

    private static List<String> names(Path file, @Nullable Object value) {
        if (value instanceof List<?> list) {
            List<String> names = new ArrayList<>();
            list.forEach(each -> names.add(name(file, each)));
            return List.copyOf(names);
        }
        return List.of(name(file, value));
    }

    private static String name(Path file, @Nullable Object value) {
        if (value instanceof String text && isName(text)) {
            return text;
        }
        throw wrong(file, "'" + value + "' is not a package's name");
    }

    /// Letters, digits and the marks that names have; nothing that a shell would read as more than a word.
    private static boolean isName(String text) {
        boolean valid = !text.isEmpty() && text.length() <= 128 && text.charAt(0) != '-';
        for (int i = 0; valid && i < text.length(); i++) {
            char c = text.charAt(i);
            valid = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "+-._:@~=".indexOf(c) >= 0;
        }
        return valid;
    }

    private static MappingException wrong(Path file, String problem) {
        return new MappingException(
                MappingException.Code.CUSTOM_ROWS,
                "can't use the names in " + file + ": " + problem
                        + "\ntry: packages:, then indented lines such as 'libfoo-dev: foo-dev'");
    }
}
