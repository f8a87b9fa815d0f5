package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in a definition: a definition or a [DefinitionException] comes out, nothing of the YAML library's.
class DefinitionMutationTest {
    private static final int ROUNDS = 150;

    @TempDir
    Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void damagedExamplesAreReadOrRefused(Path example) throws IOException {
        survives(Files.readAllBytes(example));
    }

    @Test
    void damagedYamlOfEveryShapeIsReadOrRefused() {
        survives("""
                %YAML 1.2
                ---
                a: &a {b: [c, "d\\u00e9", 'e'], ? f : g}
                <<: [*a, {h: |+
                  i
                }]
                environment:
                  <<: *a
                  K: >-
                    folded
                    text
                  ? long
                  : !!str 5
                paths: [{path: /a, type: directory, permissions: 0o755, uid: 0x10}]
                contents: {packages: [*a, ~, null, "", []]}
                ...
                """.getBytes(StandardCharsets.UTF_8));
    }

    private void survives(byte[] original) {
        Path file = folder.resolve("image.yaml");
        Mutations.of(original, 20261123, ROUNDS, damaged -> {
            Files.write(file, damaged);
            try {
                assertThat(DefinitionReader.read(file).sources()).isNotEmpty();
            } catch (DefinitionException e) {
                assertThat(e.getMessage()).startsWith(file.toString());
                assertThat(e.getMessage().length()).isLessThan(2_000);
            }
        });
    }
}
