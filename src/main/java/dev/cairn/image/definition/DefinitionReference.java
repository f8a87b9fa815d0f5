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

/// The reference page of definitions, in Markdown, made from the table that the reader uses.
public final class DefinitionReference {
    private static final String HEAD = """
            # Image definitions

            *Generated from the reader's own table of keys; `./dev golden` writes it anew.*

            A definition is one YAML file (UTF-8, at most 1 MiB) that says which packages an image is made of and how it
            starts. Its keys are apko's, with apko's meaning, so an apko file works as it is; what Cairn adds is marked.
            An editor that takes a JSON schema can use [definition.schema.json](definition.schema.json).

            ```yaml
            contents:
              repositories:
                - deb trixie main
              packages:
                - redis-server
            entrypoint:
              command: /usr/bin/redis-server
            ```

            - Numbers and flags without quotes are taken as written where a text is wanted: `archs: [386]`.
            - A key with nothing behind it counts as absent. A key that stands twice, or that is not listed here, is an
              error that names its line and column and the nearest key.
            - Anchors, aliases and merge keys (`<<`) work.
            - Local paths (`include`, `keyring`, `files`) are looked for beside the file that says them, then below the
              working folder.
            - Permissions are octal, `0o755` or `0755`. A decimal number that could be meant as octal (`755`) is refused.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private DefinitionReference() {}

    /// The page's text, as `docs/reference/definition.md` has it.
    public static String markdown() {
        DefinitionReference reference = new DefinitionReference();
        reference.page.append("\n## Top level\n\n");
        reference.keys(DefinitionKeys.ROOT, "");
        return reference.page.toString();
    }

    private void keys(Section section, String prefix) {
        page.append("| key | type | meaning | example |\n|---|---|---|---|\n");
        for (Key key : section.keys()) {
            page.append("| `").append(key.name()).append('`').append(key.required() ? " (required)" : "");
            page.append(" | ").append(cell(words(key.type())));
            page.append(" | ").append(cell(key.meaning()));
            page.append(" | ").append(example(key)).append(" |\n");
        }
        for (Key key : section.keys()) {
            String name = prefix + key.name();
            switch (key.type()) {
                case Section inner -> heading(name, inner, "");
                case Items(Section inner) -> heading(name, inner, "[]");
                default -> {}
            }
        }
    }

    private void heading(String name, Section section, String list) {
        page.append("\n## ").append(name).append(list).append("\n\n");
        keys(section, name + list + ".");
    }

    private static String example(Key key) {
        boolean none = key.example().isEmpty() || key.example().equals("|");
        return none ? "" : "`" + cell(key.name() + ": " + key.example()) + "`";
    }

    private static String words(KeyType type) {
        return switch (type) {
            case Text text -> text.rule().words();
            case Whole whole -> "whole number, " + whole.least() + " to " + whole.most();
            case Mode mode -> "permission bits";
            case Flag flag -> "`true` or `false`";
            case Choice choice -> "one of `" + String.join("`, `", choice.words()) + "`";
            case Items(Section section) -> "list of mappings, below";
            case Items items -> "list: " + words(items.item());
            case Table table ->
                "mapping: " + table.key().words() + " to " + table.value().words();
            case Section section -> "mapping, below";
            case Refused refused -> "refused";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
