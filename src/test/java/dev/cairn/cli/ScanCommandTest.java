package dev.cairn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.attest.Artifact;
import dev.cairn.attest.Predicate;
import dev.cairn.attest.PredicateType;
import dev.cairn.attest.Signer;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cairn scan` and its siblings, on a small database and small file systems.
class ScanCommandTest {
    @TempDir
    Path folder;

    private String root;

    @BeforeEach
    void make() throws IOException {
        root = rootfs("root", "3.0.7-r0");
        Path feed = Files.writeString(
                folder.resolve("main.json"),
                "{\"packages\":[{\"pkg\":{\"name\":\"openssl\",\"secfixes\":{\"3.0.8-r0\":[\"CVE-2023-0001\"]}}}]}");
        Path kev = Files.writeString(
                folder.resolve("kev.json"),
                "{\"vulnerabilities\":[{\"cveID\":\"CVE-2023-0001\",\"dateAdded\":\"2023-02-01\",\"dueDate\":\"2023-02-22\"}]}");
        Ran ran = cairn("advisory", "update", "-q", "--feed", "secdb:alpine:v3.22=" + feed, "--feed", "kev=" + kev);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("1 fact about 1 target");
    }

    private String rootfs(String name, String version) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.resolve("etc"));
        Files.createDirectories(path.resolve("lib/apk/db"));
        Files.writeString(path.resolve("etc/os-release"), "ID=alpine\nVERSION_ID=3.22.1\n");
        Files.writeString(path.resolve("lib/apk/db/installed"), "P:libssl3\nV:" + version + "\no:openssl\n\n");
        return path.toString();
    }

    private Ran cairn(String... args) {
        return Ran.cairn(
                Map.of(
                        "CAIRN_CACHE", folder.resolve("cache").toString(),
                        "CAIRN_DATA", folder.resolve("data").toString()),
                args);
    }

    @Test
    void scansAndFails() {
        Ran ran = cairn("scan", root);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("CVE-2023-0001", "openssl", "3.0.8-r0", "1 fixable, open flaws unknown for 1 package");
        assertThat(cairn("scan", root, "--fail-on", "kev").code()).isEqualTo(1);
        assertThat(cairn("scan", root, "--fail-on", "critical").code()).isZero();
        assertThat(cairn("scan", root, "--fail-on", "hihg").code()).isEqualTo(2);
    }

    @Test
    void noDatabaseAndUnknownBranchesAreNoAnswer() throws IOException {
        Ran none = cairn("scan", root, "--data", folder.resolve("empty").toString());
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err()).contains("try: cairn advisory update");
        Files.writeString(Path.of(root, "etc/os-release"), "ID=alpine\nVERSION_ID=3.9.1\n");
        assertThat(cairn("scan", root).code()).isEqualTo(3);
        assertThat(cairn("scan", root, "--branch", "v3.22").code()).isZero();
    }

    @Test
    void whatIsNotReadHasItsOwnExitCode() throws IOException {
        Files.writeString(Path.of(root, "broken.jar"), "PK");
        Ran ran = cairn("scan", root);
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("could not be read: /broken.jar");
    }

    @Test
    void writesReportsByTheirNames() throws IOException {
        for (String name :
                new String[] {"a.html", "a.xlsx", "a.csv", "a.json", "a.sarif", "a.cdx.json", "a.openvex.json"}) {
            Path file = folder.resolve(name);
            Ran ran = cairn("report", root, "--to", file.toString(), "--policy", "fedramp-rev5");
            assertThat(ran.code()).as(name + ran.err()).isZero();
            assertThat(Files.size(file)).as(name).isGreaterThan(200);
        }
        assertThat(cairn("report", root, "--to", "x.doc").code()).isEqualTo(2);
        assertThat(cairn("scan", root, "-o", "json").out()).contains("\"CVE-2023-0001\"");
    }

    @Test
    void comparesAndExplains() throws IOException {
        String after = rootfs("after", "3.0.8-r0");
        Ran ran = cairn("compare", root, after);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("1 removed, 0 added, 0 kept");
        assertThat(cairn("compare", after, root, "--fail-on-added").code()).isEqualTo(1);
        assertThat(cairn("compare", root, after, "-o", "json").out()).contains("\"removed\"", "CVE-2023-0001");
        Ran why = cairn("explain", root, "CVE-2023-0001");
        assertThat(why.code()).isZero();
        assertThat(why.out())
                .contains("openssl 3.0.7-r0: affected", "3.0.7-r0 is in < 3.0.8-r0", "secdb about alpine:v3.22");
        assertThat(cairn("explain", after, "CVE-2023-0001").code()).isEqualTo(1);
        assertThat(cairn("explain", after, "CVE-1999-1").out()).startsWith("no fact in the database names CVE-1999-1");
    }

    @Test
    void listsAndWritesBills() throws IOException {
        assertThat(cairn("sbom", root).out()).isEqualTo("apk     libssl3 3.0.7-r0\n1 apk\n");
        Path file = folder.resolve("x.spdx.json");
        assertThat(cairn("sbom", root, "-o", "spdx", "--to", file.toString()).code())
                .isZero();
        assertThat(cairn("scan", file.toString()).out()).contains("CVE-2023-0001");
    }

    @Test
    void recordsAndShowsTrends() throws IOException {
        assertThat(cairn("trend").code()).isEqualTo(1);
        assertThat(cairn("scan", root, "--record").code()).isZero();
        Ran ran = cairn("trend");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("1 rollout");
        Ran aged = cairn("simulate", "--frozen", root, "--from", "2023-01-01", "--to", "2023-03-01");
        assertThat(aged.code()).isZero();
        assertThat(aged.out()).contains("left out   1 findings of which no source says since when");
    }

    @Test
    void anUpdateMatchesTheHistoryAgain() throws IOException {
        cairn("scan", root, "--record");
        String fixed = rootfs("fixed", "3.0.9-r0");
        cairn("scan", fixed, "--record");
        Path feed = Files.writeString(
                folder.resolve("main2.json"),
                "{\"packages\":[{\"pkg\":{\"name\":\"openssl\",\"secfixes\":"
                        + "{\"3.0.8-r0\":[\"CVE-2023-0001\"],\"3.0.9-r0\":[\"CVE-2023-0009\"]}}}]}");
        Ran ran = cairn("advisory", "update", "-q", "--feed", "secdb:alpine:v3.22=" + feed);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("2 images of the scan history matched again, 1 with other findings")
                .contains(root + ": 2 fixable, before 1")
                .doesNotContain(fixed + ":");
        // a log that follows from line to line, and a trend that knows of one rollout still
        assertThat(cairn("trend", root).out()).contains("1 rollout").contains("2 findings of which");
        // the same database again: nothing is added
        assertThat(cairn("advisory", "update", "-q", "--feed", "secdb:alpine:v3.22=" + feed)
                        .out())
                .doesNotContain("matched again");
    }

    /// VEX beside an image in a registry: by nobody, by somebody, by an owner of a key that the user named.
    @Test
    void attachedVexCountsOnlyWhenTrusted() throws IOException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Reference reference = Reference.parse(registry.host() + "/team/app:1");
            RegistryClient client = new RegistryClient(RegistryOptions.ANONYMOUS);
            Image image = SmallImages.image(
                    SmallImages.file("etc/os-release", "ID=alpine\nVERSION_ID=3.22.1\n"),
                    SmallImages.file("lib/apk/db/installed", "P:libssl3\nV:3.0.7-r0\no:openssl\n\n"));
            client.push(reference, image);
            byte[] vex = ("{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"author\":\"the vendor\",\"timestamp\":"
                            + "\"2026-01-01T00:00:00Z\",\"statements\":[{\"vulnerability\":{\"name\":\"CVE-2023-0001\"},"
                            + "\"products\":[{\"@id\":\"pkg:apk/alpine/openssl\"}],\"status\":\"not_affected\","
                            + "\"justification\":\"vulnerable_code_not_in_execute_path\"}]}")
                    .getBytes(UTF_8);
            Artifact.of("application/vnd.openvex+json", vex, image.descriptor(), Map.of())
                    .push(client, reference);
            Ran plain = cairn("scan", reference.toString());
            assertThat(plain.out())
                    .contains("1 fixable", "VEX attached to the image does not count, no key that you trust signed it");

            PrivateKey key = PrivateKey.generate(new SecureRandom());
            new Signer(client, key)
                    .sign(
                            reference,
                            image.descriptor(),
                            List.of(new Predicate(PredicateType.OPENVEX + "/v0.2.0", vex)));
            String other = publicKey("other.pub", PrivateKey.generate(new SecureRandom()));
            Ran stranger = cairn("scan", reference.toString(), "--vex-key", other);
            assertThat(stranger.out()).contains("1 fixable", "does not count").doesNotContain("image counts");

            String pub = publicKey("vendor.pub", key);
            Ran trusted = cairn("scan", reference.toString(), "--vex-key", pub, "--all");
            assertThat(trusted.code()).as(trusted.err()).isZero();
            assertThat(trusted.out())
                    .contains("VEX attached to the image counts, a key that you trust signed it: 1 statement")
                    .contains("1 taken out by VEX or rules")
                    .doesNotContain("1 fixable");
            assertThat(cairn("scan", reference.toString(), "--vex-key", pub, "-o", "json")
                            .out())
                    .contains("the vendor", "vulnerable_code_not_in_execute_path");

            Path keys = Files.createDirectories(folder.resolve("data/vex-keys"));
            Files.copy(Path.of(pub), keys.resolve("vendor.pub"));
            assertThat(cairn("scan", reference.toString()).out()).contains("image counts");
        }
    }

    private String publicKey(String name, PrivateKey key) throws IOException {
        return Files.writeString(folder.resolve(name), key.publicKey().pem()).toString();
    }

    @Test
    void aFeedThatFailsIsTold() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.json"), "<html>");
        Ran ran = cairn("advisory", "update", "-q", "--feed", "secdb:wolfi=" + bad);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("stays as it was").contains("bad.json");
        assertThat(cairn("advisory", "info").out()).contains("alpine:v3.22", "fixed flaws only");
        assertThat(cairn("advisory", "info", "--feeds").out()).contains("secdb.alpinelinux.org");
    }
}
