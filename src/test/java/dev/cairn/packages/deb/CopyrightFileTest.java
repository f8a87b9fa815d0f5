package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyrightFileTest {
    private static final String FILE = """
            Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
            Upstream-Name: X

            Files: *
            Copyright: 2020 A
            License: GPL-2+ or Expat

            Files: debian/*
            License: ISC
             text of it
             .
             Files: not a field

            Files: other
            License: ISC

            License: GPL-2+
             The whole text.
            """;

    private static List<String> licences(String text) {
        return CopyrightFile.licences(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesEachLicenceOfFilesOnce() {
        assertThat(licences(FILE)).containsExactly("GPL-2+ or Expat", "ISC");
    }

    @Test
    void proseSaysNothing() {
        assertThat(licences(FILE.replace("copyright-format", "prose"))).isEmpty();
        assertThat(licences("This package was debianised by somebody.\n\nFiles: *\nLicense: MIT\n"))
                .isEmpty();
    }

    @Test
    void itLiesInOnePlace() {
        assertThat(CopyrightFile.isOne("usr/share/doc/libc6/copyright")).isTrue();
        assertThat(CopyrightFile.isOne("usr/share/doc/libc6/examples/copyright"))
                .isFalse();
        assertThat(CopyrightFile.isOne("usr/share/doc/copyright")).isFalse();
    }

    @Test
    void damageIsReadSomehow() {
        Mutations.of(
                FILE.getBytes(StandardCharsets.UTF_8),
                2,
                500,
                damaged -> assertThat(CopyrightFile.licences(damaged)).hasSizeLessThan(10));
    }
}
