package dev.cairn.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomRowsTest {
    private static final Path FILE = Path.of("names.yaml");
    private static final String MARKS = "\n :[]{}&*!|>'\"%@`#\t\u0000ab";
    private static final String GOOD = """
            packages:
              our-agent: our-agent-wolfi  # renamed
              our-tools: [git, curl]
              our-motd: []
            """;

    @Test
    void aNameBecomesOneSeveralOrNone() {
        assertThat(CustomRows.parse(GOOD, FILE))
                .containsEntry("our-agent", List.of("our-agent-wolfi"))
                .containsEntry("our-tools", List.of("git", "curl"))
                .containsEntry("our-motd", List.of())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "packages",
                "packages: []",
                "names: {a: b}",
                "packages: {a: b}\nmore: {}",
                "packages: {a: {b: c}}",
                "packages: {a: 'b; rm -rf'}",
                "packages: {a: -b}",
                "packages: {a: [b, '']}",
                "packages: {a: b",
            })
    void whatIsNoRowIsRefusedWithAWayOut(String text) {
        assertThatThrownBy(() -> CustomRows.parse(text, FILE))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("names.yaml")
                .hasMessageContaining("\ntry: ");
    }

    @Test
    void brokenTextIsAnErrorNotACrash() {
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int k = 0; k <= random.nextInt(4); k++) {
                text.setCharAt(random.nextInt(text.length()), MARKS.charAt(random.nextInt(MARKS.length())));
            }
            try {
                assertThat(CustomRows.parse(text.toString(), FILE)).isNotNull();
            } catch (MappingException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
