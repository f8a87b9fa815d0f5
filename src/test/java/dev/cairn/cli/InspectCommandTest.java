package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final Image OLD = SmallImages.image(
            SmallImages.file("var/lib/dpkg/status.d/a", "Package: a\nVersion: 1\n"), SmallImages.file("bin/sh", ""));
    private static final Image NEW =
            SmallImages.image(SmallImages.file("var/lib/dpkg/status.d/a", "Package: a\nVersion: 2\n"));

    @TempDir
    Path folder;

    @Test
    void inspectsALayoutAndARegistrysImageAlike() throws IOException {
        Path layout = folder.resolve("old");
        new LayoutWriter().add(OLD, List.of()).writeFolder(layout);
        assertThat(Ran.cairn("inspect", layout.toString()).out())
                .contains(OLD.digest().toString(), "packages     1: a 1", "a shell (/bin/sh), no package manager");
        try (FakeRegistry registry = FakeRegistry.start()) {
            Reference reference = Reference.parse(registry.host() + "/a:1");
            new RegistryClient(RegistryOptions.ANONYMOUS).push(reference, OLD);
            assertThat(Ran.cairn("inspect", reference.toString(), "--output", "json")
                            .out())
                    .contains("\"name\" : \"a\"", "\"shells\" : [", "\"digest\" : \"" + OLD.digest());
        }
    }

    @Test
    void comparesALayoutWithAnArchive() throws IOException {
        Path tar = folder.resolve("old.tar");
        Path layout = folder.resolve("new");
        new LayoutWriter().add(OLD, List.of(Reference.parse("a:1"))).writeTar(tar);
        new LayoutWriter().add(NEW, List.of()).writeFolder(layout);
        Ran ran = Ran.cairn("diff", tar.toString(), layout.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out()).contains("~ a 1 → 2", "- /bin/sh", "shells", "/bin/sh → none");
        assertThat(Ran.cairn("diff", tar.toString(), layout.toString(), "--exit-code")
                        .code())
                .isEqualTo(ExitCode.NO);
        assertThat(Ran.cairn("diff", tar.toString(), tar.toString(), "--exit-code")
                        .code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aFlippedByteIsNamed() throws IOException {
        Path layout = folder.resolve("l");
        new LayoutWriter().add(NEW, List.of()).writeFolder(layout);
        String layer = NEW.layers().getFirst().blob().digest().hex();
        Path blob = layout.resolve("blobs/sha256").resolve(layer);
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 4;
        Files.write(blob, bytes);
        Ran ran = Ran.cairn("inspect", layout.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains(layer);
    }

    @Test
    void whatIsNotThere() {
        Ran ran = Ran.cairn("inspect", folder.resolve("nothing").toString());
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("there is no image at", "try:");
    }
}
