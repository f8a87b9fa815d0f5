package dev.cairn.image.definition;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// How the YAML parser is set up: positions on, no implicit types (they come from the key table).
final class YamlSettings {
    static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(DefinitionReader.MAX_SIZE)
            .build();

    private YamlSettings() {}
}
