package dev.cairn.advisory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
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
