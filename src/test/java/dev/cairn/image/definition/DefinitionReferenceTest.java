package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Golden;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The generated pages are those that are checked in; `./dev golden` writes them.
class DefinitionReferenceTest {
    private static final String FOLDER = "docs/reference/";

    @Test
    void theSchemaIsNotStale() throws IOException {
        Golden.check(FOLDER + "definition.schema.json", DefinitionSchema.json());
    }

    @Test
    void theReferenceIsNotStale() throws IOException {
        Golden.check(FOLDER + "definition.md", DefinitionReference.markdown());
    }

    @Test
    void theSchemaKnowsNestedKeys() {
        JsonNode schema = new ObjectMapper().readTree(DefinitionSchema.json());
        JsonNode uid = schema.at("/properties/accounts/properties/users/items/properties/uid");
        assertThat(uid.get("minimum").asInt()).isEqualTo(1);
        assertThat(uid.get("maximum").asLong()).isEqualTo(0xffff_ffffL);
        assertThat(schema.at("/properties/paths/items/required").toString()).isEqualTo("[\"path\",\"type\"]");
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    }

    @Test
    void everyKeyIsDescribed() {
        everyKeyIsDescribed(DefinitionKeys.ROOT);
    }

    private static void everyKeyIsDescribed(KeyType.Section section) {
        for (Key key : section.keys()) {
            assertThat(key.meaning()).as(key.name()).matches("(?s).*\\.\\*?");
            switch (key.type()) {
                case KeyType.Section inner -> everyKeyIsDescribed(inner);
                case KeyType.Items(KeyType.Section inner) -> everyKeyIsDescribed(inner);
                case KeyType.Refused refused -> assertThat(key.required()).isFalse();
                default -> assertThat(key.example()).as(key.name()).isNotEmpty();
            }
        }
    }

    /// The reader and the schema must not disagree on what a text looks like.
    @ParameterizedTest
    @EnumSource(TextRule.class)
    void aRuleAndItsPatternAgree(TextRule rule) {
        Pattern pattern = Pattern.compile(rule.pattern(), Pattern.DOTALL);
        String[] texts = {
            "",
            "a",
            "A",
            "_",
            ".",
            "-",
            "$",
            "a$",
            "a$b",
            "..",
            "a..",
            "../a",
            "a/..",
            "a/../b",
            "/a",
            "/",
            "/..",
            "/../a",
            "/a/..b",
            "a b",
            "a\tb",
            "a\nb",
            "a\0b",
            "\u007f",
            "a=b",
            "=",
            "a:b",
            "é",
            "SIGTERM",
            "SIGRTMIN+3",
            "SIGRTMIN+",
            "15",
            "+3",
            "15-2",
            "sigterm",
            "PRETTY_NAME",
            "pretty-name",
            "1A",
            "_A",
            "A.B",
            ".a",
            "a.b",
            "-a",
            "-----BEGIN X-----",
            "x\n-----BEGIN RSA KEY-----\n",
            "-----BEGIN -----",
            "-----BEGIN a-----",
            "-----BEGIN X",
            "-----BEGIN a----- -----BEGIN B-----",
            " a",
            "a ",
            "😀"
        };
        for (String text : texts) {
            assertThat(rule.allows(text))
                    .as("'%s'", text)
                    .isEqualTo(pattern.matcher(text).find());
        }
    }
}
