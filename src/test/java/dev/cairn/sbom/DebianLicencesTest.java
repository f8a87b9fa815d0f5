package dev.cairn.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebianLicencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GPL-2+|GPL-2.0-or-later",
                "GPL-2.0+|GPL-2.0-or-later",
                "LGPL-2.1|LGPL-2.1-only",
                "Expat|MIT",
                "Apache-2.0|Apache-2.0",
                "BSD-3-clause|BSD-3-Clause",
                "GPL-2+ or Artistic|GPL-2.0-or-later OR Artistic-1.0",
                "GPL-1+ or Artistic, and BSD-3-clause|(GPL-1.0-or-later OR Artistic-1.0) AND (BSD-3-Clause)",
                "GPL-3+ with GCC exception|LicenseRef-GPL-3-with-GCC-exception",
                "public-domain|LicenseRef-public-domain",
                "GPL-9|LicenseRef-GPL-9",
                "and|LicenseRef-AND",
                "''|''",
            })
    void becomeExpressions(String debian, String expression) {
        assertThat(DebianLicences.expression(List.of(debian))).isEqualTo(expression);
    }

    @Test
    void severalHoldTogether() {
        assertThat(DebianLicences.expression(List.of("GPL-2 or Expat", "ISC", "Expat")))
                .isEqualTo("(GPL-2.0-only OR MIT) AND ISC AND MIT");
    }
}
