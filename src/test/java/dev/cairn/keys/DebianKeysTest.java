package dev.cairn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DebianKeysTest {
    @Test
    void allNineAreThereWithTheFingerprintsOfTheReferencePage() throws IOException {
        String page = Files.readString(Path.of("docs/reference/debian-keys.md"));
        OpenPgpKeyring ring = DebianKeys.all();

        assertThat(ring.fingerprints()).hasSize(9).doesNotHaveDuplicates();
        assertThat(ring.userIds()).allMatch(name -> name.startsWith("Debian "));
        assertThat(DebianKeys.files().keySet()).allMatch(name -> page.contains("`" + name + "`"));
        assertThat(ring.fingerprints()).allMatch(fingerprint -> page.contains("`" + fingerprint + "`"));
    }

    /// Real release files, where apt has left some on this machine.
    @Test
    void theyVouchForDebiansReleaseFiles() throws IOException {
        List<Path> files = inReleaseFiles();
        if (files.isEmpty()) {
            System.out.println("skipped: apt has no Debian InRelease file on this machine");
        }
        assumeFalse(files.isEmpty());

        for (Path file : files) {
            ClearSigned signed = DebianKeys.all().verifyClearSigned(Files.readAllBytes(file));
            assertThat(signed.text()).startsWith("Origin: Debian\n").contains("\nSHA256:\n");
        }
    }

    private static List<Path> inReleaseFiles() throws IOException {
        Path lists = Path.of("/var/lib/apt/lists");
        if (!Files.isReadable(lists)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lists)) {
            return files.filter(f -> f.toString().contains("_debian")
                            && f.toString().contains("_dists_")
                            && f.toString().endsWith("_InRelease"))
                    .toList();
        }
    }
}
