package dev.cairn.image.definition;

/// A key that definitions have: the one place that the reader, the JSON schema and the reference page take it from.
///
/// @param name as it is written
/// @param type what stands behind it
/// @param required whether its section cannot do without it
/// @param meaning what it does, in Markdown
/// @param example what to write behind the colon, in YAML; empty where the keys inside have their own
record Key(String name, KeyType type, boolean required, String meaning, String example) {

    static Key optional(String name, KeyType type, String meaning, String example) {
        return new Key(name, type, false, meaning, example);
    }

    static Key required(String name, KeyType type, String meaning, String example) {
        return new Key(name, type, true, meaning, example);
    }
}
