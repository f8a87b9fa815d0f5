package dev.cairn.mapping.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeLibrariesTest {
    private static Index index(String library) {
        Index index = new Index();
        Facts development = index.facts("libz-dev");
        development.origin("z");
        development.depends().addAll(List.of("libc6-dev", library, "z-tools"));
        Facts found = index.facts(library);
        found.origin("z");
        found.libraries().add("libz");
        index.facts("z-tools").origin("z");
        index.facts("default-libz-dev").depends().add("libz-dev-compat");
        index.facts("libz-dev-compat").depends().add("libz-dev");
        Facts foreign = index.facts("libother1");
        foreign.libraries().add("libother");
        index.facts("libheaders-dev").depends().add("libother1");
        return index;
    }

    @Test
    void librariesOfTheSameSourceByRelease() {
        assertThat(RuntimeLibraries.rows(List.of(index("libz2"), index("libz1"), index("libz2"))))
                .isEqualTo("default-libz-dev\tlibz2\tlibz1\t=\nlibz-dev\tlibz2\tlibz1\t=\n");
    }
}
