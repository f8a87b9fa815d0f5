package dev.cairn.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MIT|MIT",
                "mit|MIT",
                "GPL-2.0-only AND MIT|GPL-2.0-only AND MIT",
                "GPL-2.0-or-later with Classpath-exception-2.0|GPL-2.0-or-later WITH Classpath-exception-2.0",
                "(MIT or Apache-2.0) and BSD-3-Clause|(MIT OR Apache-2.0) AND BSD-3-Clause",
                "MIT BSD-2-Clause|MIT AND BSD-2-Clause",
                "MPL-1.1+|MPL-1.1+",
                "custom|LicenseRef-custom",
                "GPL2|LicenseRef-GPL2",
                "LicenseRef-mine|LicenseRef-mine",
                "MIT AND|LicenseRef-MIT-AND",
                "(MIT|LicenseRef-MIT",
                "MIT WITH nothing|LicenseRef-MIT-with-nothing",
                "a_b/c|LicenseRef-a-b-c",
                "NOASSERTION|''",
                "' '|''",
            })
    void becomeExpressions(String declared, String expression) {
        assertThat(Licences.expression(declared)).isEqualTo(expression);
        assertThat(Licences.expression(expression)).isEqualTo(expression);
    }

    @Test
    void joinAlternativesInParentheses() {
        assertThat(Licences.join(List.of("MIT OR X11", "", "MIT", "MIT"))).isEqualTo("(MIT OR X11) AND MIT");
        assertThat(Licences.join(List.of("MIT OR X11"))).isEqualTo("MIT OR X11");
        assertThat(Licences.join(List.of())).isEmpty();
    }

    @Test
    void referencesNameWhatTheyStandFor() {
        assertThat(Licences.references("MIT AND (LicenseRef-a OR LicenseRef-b.c)"))
                .containsEntry("LicenseRef-a", "a")
                .containsEntry("LicenseRef-b.c", "b.c")
                .hasSize(2);
    }

    @Test
    void nestingIsBounded() {
        assertThat(Licences.expression("(".repeat(2000) + "MIT" + ")".repeat(2000)))
                .startsWith("LicenseRef-");
    }
}
