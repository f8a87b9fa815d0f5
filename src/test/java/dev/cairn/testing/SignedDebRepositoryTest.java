package dev.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.keys.OpenPgpKeyring;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedDebRepositoryTest {
    @TempDir
    private Path folder;

    @Test
    void itsReleaseFilesAreSigned() throws Exception {
        SignedDebRepository repository = SignedDebRepository.in(folder);
        Path deb = repository.add("trixie", DebSpec.of("hello", "1.0-1").file("usr/bin/hello", "hi\n"));
        repository.publish();
        OpenPgpKeyring keyring = OpenPgpKeyring.parse(Files.readAllBytes(repository.keyFile()));
        String release = keyring.verifyClearSigned(Files.readAllBytes(folder.resolve("dists/trixie/InRelease")))
                .text();
        assertThat(release).contains("Codename: trixie", "main/binary-amd64/Packages.xz");
        assertThat(deb).exists();
        assertThat(folder.resolve("dists/trixie/main/binary-amd64/Packages"))
                .content()
                .contains("Package: hello");
    }
}
