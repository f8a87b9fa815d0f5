package dev.cairn.migrate.minimise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageEvidenceTest {
    private static final String STATUS = """
            Package: curl
            Depends: libz1 (>= 1)

            Package: libz-dev
            Depends: libz1 (= 1), libc6-dev | libc-dev
            """;
    private static final String INSTALLED = """
            P:curl
            D:so:libz.so.1
            F:usr/bin
            R:curl
            F:
            R:top

            P:meta
            """;

    @TempDir
    Path root;

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void debian() throws IOException {
        write("var/lib/dpkg/status", STATUS);
        write("var/lib/dpkg/info/curl.list", "/.\n/usr\n/usr/bin\n/usr/bin/curl\n");
        write("var/lib/dpkg/info/libz1:amd64.list", "/lib/x/libz.so.1\n");
        write("var/lib/dpkg/info/libz-dev.list", "/usr/include/z.h\n");
        write("usr/bin/curl", "x");
        write("usr/lib/x/libz.so.1", "x");
    }

    @Test
    void openedFilesBelongToPackages() throws IOException {
        debian();
        Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));
        Files.createDirectories(root.resolve("etc/alternatives"));
        Files.createSymbolicLink(root.resolve("usr/bin/fetch"), Path.of("/etc/alternatives/fetch"));
        Files.createSymbolicLink(root.resolve("etc/alternatives/fetch"), Path.of("../../usr/bin/curl"));
        Files.createSymbolicLink(root.resolve("usr/bin/loop"), Path.of("loop"));
        ImageEvidence image = new ImageEvidence(root);
        assertThat(image.hasPackages()).isTrue();
        assertThat(image.traced("run", Set.of("/usr/bin/fetch", "/usr/bin", "/app/own", "/usr/bin/loop"))
                        .opened())
                .hasSize(1)
                .containsEntry("curl", "/usr/bin/fetch");
        assertThat(image.traced("run", Set.of("/usr/lib/x/libz.so.1")).opened()).containsKey("libz1");
        assertThat(image.installed(Set.of("curl", "git"))).containsExactly("curl");
    }

    @Test
    void packagesForDevelopmentNameTheirLibraries() throws IOException {
        debian();
        assertThat(new ImageEvidence(root).linked(Set.of("curl")).libraries())
                .hasSize(1)
                .containsEntry("libz-dev", "libz1");
    }

    @Test
    void apksDatabaseIsReadAsWell() throws IOException {
        write("lib/apk/db/installed", INSTALLED);
        write("usr/bin/curl", "x");
        ImageEvidence image = new ImageEvidence(root);
        assertThat(image.traced("run", Set.of("/usr/bin/curl", "/top")).opened())
                .hasSize(1)
                .containsKey("curl");
        assertThat(image.installed(Set.of("meta", "curl", "none"))).containsExactly("curl", "meta");
    }

    @Test
    void linksDoNotLeadOutOfTheImage() throws IOException {
        debian();
        Files.createSymbolicLink(root.resolve("usr/bin/out"), Path.of("../../../../../../../../usr/bin/curl"));
        assertThat(new ImageEvidence(root).traced("run", Set.of("/usr/bin/out")).opened())
                .containsKey("curl");
        assertThat(new ImageEvidence(root)
                        .traced("run", Set.of("/../../etc/passwd"))
                        .opened())
                .isEmpty();
    }

    @Test
    void anyDatabaseIsRead() throws IOException {
        debian();
        for (String path : new String[] {"var/lib/dpkg/status", "lib/apk/db/installed"}) {
            Mutations.of((STATUS + INSTALLED).getBytes(StandardCharsets.UTF_8), 9, 100, bytes -> {
                Files.createDirectories(root.resolve(path).getParent());
                Files.write(root.resolve(path), bytes);
                assertThat(new ImageEvidence(root).linked(Set.of("curl")).linked())
                        .isTrue();
            });
        }
    }
}
