package dev.cairn.mapping.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WolfiRecipesTest {
    private static final String RECIPE = """
            package:
              name: tool-3.10
              version: "3.10.4"
              epoch: 2
              dependencies:
                provides:
                  - tool=${{package.full-version}}
                  - cmd:tool
                  - "!other"
            vars:
              flavour: small
            var-transforms:
              - from: ${{package.version}}
                match: ^(\\d+)\\..*
                replace: "$1"
                to: major
            data:
              - name: pythons
                items:
                  3.10: "310"
                  3.9: "39"
            subpackages:
              - name: ${{package.name}}-dev
                dependencies:
                  provides:
                    - ${{vars.flavour}}-dev=${{package.full-version}}
              - name: lib${{vars.major}}
              - range: pythons
                name: py${{range.key}}-tool
                dependencies:
                  provides:
                    - py${{range.value}}-tool
              - name: ${{vars.unknown}}-doc
            """;

    @Test
    void theNamesOfPackagesAndWhatTheyProvide() {
        assertThat(WolfiRecipes.names(RECIPE))
                .containsExactly(
                        "lib3",
                        "py3.10-tool",
                        "py3.9-tool",
                        "py310-tool",
                        "py39-tool",
                        "small-dev",
                        "tool",
                        "tool-3.10",
                        "tool-3.10-dev");
    }

    @Test
    void brokenRecipesHaveNoNamesAndDoNoHarm() {
        assertThat(WolfiRecipes.names("")).isEmpty();
        assertThat(WolfiRecipes.names("package: [a")).isEmpty();
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder broken = new StringBuilder(RECIPE);
            for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
                int at = random.nextInt(broken.length());
                broken.setCharAt(at, RECIPE.charAt(random.nextInt(RECIPE.length())));
            }
            assertThat(WolfiRecipes.names(broken.toString()))
                    .allSatisfy(name -> assertThat(name).doesNotContain("$", " ", "="));
        }
    }
}
