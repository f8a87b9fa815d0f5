package dev.cairn.advisory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.GzipOutputStream;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.SignedDebRepository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangelogMinerTest {
    private static final String CHANGELOG = """
            openssl (3.0.11-1~deb12u2) bookworm-security; urgency=medium

              * CVE-2023-5363 (Incorrect cipher key & IV length processing).
              * not a CVE-12 and not CVE-x

             -- Sebastian <s@example.org>  Mon, 23 Oct 2023 20:00:00 +0200

            openssl (3.0.11-1~deb12u1) bookworm; urgency=medium

              * Import 3.0.11: CVE-2023-3817, CVE-2023-3446.

             -- Sebastian <s@example.org>  nonsense
            """;

    private static final Target BOOKWORM = Target.parse("debian:bookworm");

    @TempDir
    Path folder;

    private final List<String> facts = new ArrayList<>();
    private final FactSink sink = new FactSink() {
        @Override
        public void fact(Target target, Fact fact) {
            String day = fact.published() == Fact.NO_DAY ? "-" : Integer.toString(fact.published());
            facts.add(target + " " + fact.packageName() + " " + fact.id() + " " + fact.ranges() + " " + day);
        }

        @Override
        public void aliases(List<String> ids) {}
    };

    @Test
    void readsWhatEachUploadFixes() throws IOException {
        read("openssl", CHANGELOG);
        assertThat(facts)
                .containsExactly(
                        "debian:bookworm openssl CVE-2023-3446 [< 3.0.11-1~deb12u1] -",
                        "debian:bookworm openssl CVE-2023-3817 [< 3.0.11-1~deb12u1] -",
                        "debian:bookworm openssl CVE-2023-5363 [< 3.0.11-1~deb12u2] 19653");
    }

    /// What uploads of real packages say, in other words: which of two uploads that name a CVE has the fix.
    @ParameterizedTest
    @CsvSource({
        // the patch goes, since upstream has it: a point release
        "bookworm-security, bookworm, 1-1+deb12u1",
        // the fix was not complete
        "bookworm-security, bookworm-security, 1-1+deb12u2",
        "unstable, bookworm-security, 1-1+deb12u2",
        // another release's upload says nothing of this one
        "bookworm-security, trixie-security, 1-1+deb12u1",
        "unstable, unstable, 1-1+deb12u1",
        "bookworm-security, ' bookworm-security bookworm', 1-1+deb12u2",
    })
    void aLaterUploadThatNamesAFlawAgain(String first, String later, String fixed) throws IOException {
        read("jq", """
                jq (1-1+deb12u2) %s; urgency=medium

                  * CVE-2026-1000: again.

                 -- Somebody <s@example.org>  Sun, 24 Mar 2024 13:07:31 +0100

                jq (1-1+deb12u1) %s; urgency=medium

                  * CVE-2026-1000: fixed.

                 -- Somebody <s@example.org>  Sat, 30 Sep 2023 10:31:05 +0200
                """.formatted(later, first));
        assertThat(facts).containsExactly("debian:bookworm jq CVE-2026-1000 [< " + fixed + "] 19630");
    }

    private void read(String source, String changelog) throws IOException {
        Uploads uploads = new Uploads(sink);
        ChangelogMiner.read(new ByteArrayInputStream(changelog.getBytes(UTF_8)), source, BOOKWORM, uploads);
        uploads.tell();
    }

    @Test
    void minesAFolderOfDebs() throws IOException {
        ByteArrayOutputStream gz = new ByteArrayOutputStream();
        try (GzipOutputStream out = new GzipOutputStream(gz)) {
            out.write(CHANGELOG.getBytes(UTF_8));
        }
        SignedDebRepository archive = SignedDebRepository.in(folder);
        for (String name : List.of("libssl3", "openssl")) {
            archive.add(
                    "s",
                    DebSpec.of(name, "3.0.11-1~deb12u2+b1")
                            .field("Source", "openssl (3.0.11-1~deb12u2)")
                            .file("usr/share/doc/" + name + "/changelog.Debian.gz", 0644, gz.toByteArray()));
        }
        ChangelogMiner miner = new ChangelogMiner(BOOKWORM, sink);
        assertThat(miner.mine(folder)).as("one source, read once").isEqualTo(1);
        assertThat(facts).hasSize(3);
        Files.writeString(folder.resolve("broken.deb"), "!<arch>\nno");
        ChangelogMiner again = new ChangelogMiner(BOOKWORM, sink);
        again.mine(folder);
        assertThat(again.problems()).hasSize(1).first().asString().contains("broken.deb");
    }

    @Test
    void damageIsNoHarm() {
        Mutations.of(CHANGELOG.getBytes(UTF_8), 1, 2000, bytes -> {
            Uploads uploads = new Uploads(sink);
            ChangelogMiner.read(new ByteArrayInputStream(bytes), "openssl", BOOKWORM, uploads);
            uploads.tell();
        });
    }
}
