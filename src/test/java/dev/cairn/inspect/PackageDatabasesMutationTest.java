package dev.cairn.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageDatabasesMutationTest {
    private static final String DPKG = """
            Package: libc6
            Status: install ok installed
            Architecture: amd64
            Source: glibc (2.41-12)
            Version: 2.41-12+b1
            Conffiles:
             /etc/ld.so.conf.d/x.conf d4e7a7b88a71b5ffd9e2644e71a0cfab
            Description: GNU C Library
             Long text.
             .
             More.

            Package: gone
            Status: deinstall ok config-files
            Architecture: all
            Version: 1

            """;
    private static final String APK = """
            C:Q1p78yvTLG094tHE1+dToJGbmYzQE=
            P:musl
            V:1.2.5-r9
            A:x86_64
            o:musl
            L:MIT
            F:lib
            R:ld-musl-x86_64.so.1
            a:0:0:755

            P:busybox
            V:1

            """;

    private static void survives(String path, String original) {
        byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
        assertThat(PackageDatabases.read(path, bytes)).isNotEmpty();
        Mutations.of(bytes, 20261127, 3_000, damaged -> {
            try {
                List<FoundPackage> found = PackageDatabases.read(path, damaged);
                assertThat(found)
                        .hasSizeLessThanOrEqualTo(damaged.length / 3 + 1)
                        .allSatisfy(each -> assertThat(each.name()).isNotEmpty());
            } catch (RuntimeException e) {
                // The room that reads fields says what is wrong; nothing of the language's own comes out.
                assertThat(e.getClass().getName()).startsWith("dev.cairn.packages.");
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    @Test
    void damagedDpkgDatabasesAreReadOrRefused() {
        survives("var/lib/dpkg/status", DPKG);
        survives("var/lib/dpkg/status.d/libc6", DPKG);
    }

    @Test
    void damagedApkDatabasesAreReadOrRefused() {
        survives("lib/apk/db/installed", APK);
    }
}
