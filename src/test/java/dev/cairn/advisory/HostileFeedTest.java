package dev.cairn.advisory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Damaged feeds and files give a clear error or less, never another exception.
class HostileFeedTest {
    private static final FactSink NOWHERE = new FactSink() {
        @Override
        public void fact(Target target, Fact fact) {}

        @Override
        public void aliases(List<String> ids) {}
    };

    @Test
    void feedsSurviveDamage() {
        byte[] secdb = "{\"packages\":[{\"pkg\":{\"name\":\"a\",\"secfixes\":{\"1-r0\":[\"CVE-2020-1 X\"]}}}]}"
                .getBytes(UTF_8);
        Mutations.of(
                secdb,
                1,
                2000,
                bytes -> quietly(() -> SecdbReader.read(
                        new ByteArrayInputStream(bytes), "secdb", Target.of(Ecosystem.WOLFI), NOWHERE)));
        byte[] osv = """
                {"id":"A","aliases":["CVE-2020-12345"],"affected":[{"package":{"ecosystem":"npm","name":"x"},
                "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}],"versions":["1"],
                "database_specific":{"patched":["~> 1.2, >= 1"],"unaffected":["^0.1"]}}]}""".getBytes(UTF_8);
        Mutations.of(
                osv,
                2,
                2000,
                bytes -> quietly(() -> new OsvReader(NOWHERE).read(new ByteArrayInputStream(bytes), "osv")));
        byte[] tracker =
                "{\"a\":{\"CVE-1\":{\"releases\":{\"sid\":{\"status\":\"resolved\",\"fixed_version\":\"1\"}}}}}"
                        .getBytes(UTF_8);
        Mutations.of(
                tracker,
                3,
                2000,
                bytes -> quietly(() -> DebianTrackerReader.read(new ByteArrayInputStream(bytes), "tracker", NOWHERE)));
        byte[] csv = "#a,score_date:2026-01-01T\ncve,epss,percentile\nCVE-2020-1234,0.5,\"0.6\"\n".getBytes(UTF_8);
        Mutations.of(
                csv,
                4,
                2000,
                bytes -> quietly(() -> new ScoreCollector(ScoreTable.EMPTY)
                        .read(FeedKind.EPSS, new ByteArrayInputStream(bytes), "epss")));
    }

    /// What a feed looks like, in the form of the real one.
    private static final Map<FeedKind, String> RATINGS =
            Map.of(FeedKind.KEV, """
            {"title":"CISA Catalog","catalogVersion":"2026.11.20","count":1,"vulnerabilities":[{"cveID":"CVE-2024-3094",
            "vendorProject":"x","dateAdded":"2024-04-01","dueDate":"2024-04-22","knownRansomwareCampaignUse":"Unknown"}]}""", FeedKind.NVD, """
            {"resultsPerPage":1,"startIndex":0,"totalResults":1,"format":"NVD_CVE","version":"2.0","vulnerabilities":[{"cve":
            {"id":"CVE-2024-3094","published":"2024-03-29T17:15:21.150","vulnStatus":"Modified","metrics":{"cvssMetricV31":[
            {"source":"secalert@example.com","type":"Secondary","cvssData":{"vectorString":"CVSS:3.1/AV:N","baseScore":9.1}},
            {"source":"nvd@example.com","type":"Primary","cvssData":{"vectorString":"CVSS:3.1/AV:L","baseScore":10.0}}]}}}]}""", FeedKind.SCORES, """
            {"CVE-2024-3094":{"sev":"High","score":7.5,"vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H","src":"x",
            "published":"2024-01-01","epss":0.5,"percentile":0.9,"epssDate":"2026-01-01","kev":"2024-01-01"}}""");

    @Test
    void damagedRatingsAreRefusedOrRead() {
        RATINGS.forEach((kind, text) -> {
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(rated(kind, bytes)).as(kind.id()).isEqualTo(1);
            Mutations.of(bytes, 10 + kind.ordinal(), 2000, damaged -> quietly(() -> rated(kind, damaged)));
        });
    }

    private static int rated(FeedKind kind, byte[] bytes) {
        try {
            return new ScoreCollector(ScoreTable.EMPTY).read(kind, new ByteArrayInputStream(bytes), kind.id());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aRecordOfTheNvdByItselfIsRead() throws IOException {
        byte[] record = """
                {"id":"CVE-2023-4911","sourceIdentifier":"s@example.com","published":"2023-10-03T18:15:10.463","vulnStatus":
                "Awaiting Analysis","descriptions":[{"lang":"en","value":"x"}],"metrics":{"cvssMetricV31":[{"source":
                "s@example.com","type":"Secondary","cvssData":{"version":"3.1","vectorString":
                "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H","baseScore":7.8,"baseSeverity":"HIGH"}}]}}""".getBytes(UTF_8);
        ScoreCollector collector = new ScoreCollector(ScoreTable.EMPTY);
        assertThat(collector.read(FeedKind.NVD, new ByteArrayInputStream(record), "nvd"))
                .isEqualTo(1);
        Score score = collector.scores().get(ScoreTable.key("CVE-2023-4911"));
        assertThat(score.severity()).isEqualTo(Severity.HIGH);
        assertThat(score.cvss()).isEqualTo(7.8);
        assertThat(score.published()).isEqualTo(Days.parse("2023-10-03"));
    }

    @Test
    void damagedVexIsRefusedOrRead() {
        byte[] open = """
                {"@context":"https://openvex.dev/ns/v0.2.0","author":"a","timestamp":"2026-01-01T00:00:00Z","statements":[
                {"vulnerability":{"name":"CVE-2024-1","aliases":["GHSA-1"]},"products":[{"@id":"pkg:oci/app@sha256%3Aab",
                "identifiers":{"purl":"pkg:oci/app"},"subcomponents":[{"@id":"pkg:deb/debian/a@1"}]}],
                "status":"not_affected","justification":"component_not_present"}]}""".getBytes(UTF_8);
        byte[] cycloneDx = """
                {"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"bom-ref":"a","purl":"pkg:deb/debian/a@1"}],
                "vulnerabilities":[{"id":"CVE-2024-1","references":[{"id":"GHSA-1"}],"analysis":{"state":"not_affected",
                "justification":"code_not_present","detail":"x"},"affects":[{"ref":"a"}]}]}""".getBytes(UTF_8);
        for (byte[] document : List.of(open, cycloneDx)) {
            quietly(() -> assertThat(VexReader.read(document, "vex")).hasSize(1));
            Mutations.of(document, 20, 2000, damaged -> quietly(() -> VexReader.read(damaged, "vex")));
        }
    }

    @Test
    void damagedChangelogLinesAreRefusedOrRead() {
        byte[] lines = """
                {"source":"abseil","version":"1-1","dist":"bookworm","date":"2025-04-05T14:09:38Z","suite":"bookworm","cves":["CVE-2025-0838"]}
                {"source":"acl","version":"2-2","dist":"unstable","date":"2010-02-02T00:40:55Z","suite":"bookworm","cves":["CVE-2009-4411"]}
                """.getBytes(UTF_8);
        Mutations.of(
                lines,
                30,
                2000,
                bytes -> quietly(() -> ChangelogReader.read(new ByteArrayInputStream(bytes), "lines", NOWHERE)));
    }

    @Test
    void placeholdersOfDebiansTrackerAreNoVersions() throws IOException {
        List<String> statuses = new ArrayList<>();
        FactSink sink = new FactSink() {
            @Override
            public void fact(Target target, Fact fact) {
                statuses.add(target + " " + fact.status() + " " + fact.ranges());
            }

            @Override
            public void aliases(List<String> ids) {}
        };
        byte[] tracker = """
                {"openssl":{"CVE-2024-4741":{"description":"x","scope":"remote","releases":{
                "bookworm":{"status":"resolved","repositories":{"bookworm":"3.0.13-1~deb12u1"},"fixed_version":"3.0.14-1~deb12u1",
                "urgency":"not yet assigned"},
                "trixie":{"status":"open","repositories":{"trixie":"3.2.1-3"},"urgency":"low","nodsa":"Minor issue",
                "nodsa_reason":"postponed","next_point_update":true},
                "bullseye":{"status":"open","urgency":"end-of-life","nodsa_reason":"ignored"},
                "buster":{"status":"resolved","fixed_version":"<unfixed>"},
                "sid":{"status":"resolved","fixed_version":"0"}}}}}""".getBytes(UTF_8);
        DebianTrackerReader.read(new ByteArrayInputStream(tracker), "tracker", sink);
        assertThat(statuses)
                .containsExactly(
                        "debian:bookworm AFFECTED [< 3.0.14-1~deb12u1]",
                        "debian:trixie AFFECTED [every version]",
                        "debian:bullseye WONT_FIX [every version]",
                        "debian:buster UNDETERMINED [every version]",
                        "debian:sid NOT_AFFECTED []");
    }

    @Test
    void deepNestingIsRefused() {
        byte[] deep = ("[".repeat(100_000)).getBytes(UTF_8);
        quietly(() -> new OsvReader(NOWHERE).read(new ByteArrayInputStream(deep), "osv"));
    }

    @Test
    void aDamagedPartIsSaidToBeDamaged() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PartFile.write(
                List.of(
                        Fact.fixed("a", "CVE-2020-1", List.of("GHSA-1"), "1-r0", 10),
                        Fact.notAffected("b", "CVE-2020-2", List.of(), "never")),
                out);
        Target target = Target.of(Ecosystem.WOLFI);
        assertThat(Part.of(out.toByteArray(), target, FeedKind.SECDB).packageNames())
                .containsExactly("a", "b");
        Mutations.of(
                out.toByteArray(),
                5,
                4000,
                bytes -> quietly(() -> {
                    Part part = Part.of(bytes, target, FeedKind.SECDB);
                    part.packageNames().forEach(part::find);
                }));
    }

    @Test
    void aDamagedManifestIsSaidToBeDamaged() {
        Mutations.of(
                DatabaseManifest.NONE.toBytes(),
                6,
                2000,
                bytes -> quietly(() -> DatabaseManifest.parse(bytes, "current")));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void quietly(Attempt attempt) {
        try {
            attempt.run();
        } catch (AdvisoryException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
