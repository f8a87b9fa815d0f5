package dev.cairn.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.advisory.Branches;
import dev.cairn.sbom.Sbom;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Counts of real images on real facts, against those of a reference matcher.
class GoldenFiguresTest {
    @ParameterizedTest
    @CsvSource({"bookworm.manifest, bookworm, 12, 66", "bullseye.manifest, bullseye, 11, 60"})
    void debianImages(String file, String suite, String version, int fixable) throws IOException {
        assertThat(scan(Bills.debianManifest(file, suite, version), null)
                        .totals()
                        .fixable())
                .isEqualTo(fixable);
    }

    @ParameterizedTest
    @CsvSource({"base, 47", "python3, 126"})
    void distrolessImages(String image, int fixable) throws IOException {
        assertThat(scan(Bills.distroless("2024-12-15", image), null).totals().fixable())
                .isEqualTo(fixable);
    }

    @ParameterizedTest
    @CsvSource({"installed-v3.18, 3.18.9, 57", "installed-v3.20, 3.20.3, 50"})
    void alpineAgainstEdge(String file, String version, int atMost) throws IOException {
        ScanResult result = scan(Bills.alpineInstalled(file, version), "edge");
        assertThat(result.totals().fixable()).isBetween(1, atMost);
        assertThat(result.notes()).anyMatch(note -> note.contains("held against alpine:edge"));
    }

    /// The reference matcher counts 67 and 127: it takes the last upload that names a flaw for its fix. This is the one
    /// finding in which that matters for these images; `docs/explanation/matching.md` says why it is none.
    @ParameterizedTest
    @CsvSource({"bookworm.manifest", "python3"})
    void theDifferenceToTheReferenceIsOneFinding(String image) throws IOException {
        Sbom sbom = image.equals("python3")
                ? Bills.distroless("2024-12-15", image)
                : Bills.debianManifest(image, "bookworm", "12");
        assertThat(sbom.components())
                .anyMatch(
                        each -> each.name().equals("libuuid1") && each.version().equals("2.38.1-5+deb12u2"));
        assertThat(scan(sbom, null).findings())
                .noneMatch(finding -> finding.id().equals("CVE-2024-28085"));
    }

    /// A distroless python of April 2024 that nobody touched for 28 months. The reference has 9 and 107 flaws, in which
    /// it counts four of glibc whose patches a later upload only calls taken over by upstream, and counts
    /// CVE-2023-52425 once though it is in two packages.
    @Test
    void aDistrolessImageThatIsFrozenAges() throws IOException {
        Sbom sbom = Bills.distroless("2024-04-15", "python3");
        Trend trend = new Simulation(new Matcher(RealAdvisories.require()))
                .age(sbom, null, "python3", LocalDate.parse("2024-04-15"), LocalDate.parse("2026-08-15"), 7)
                .trend();
        assertThat(trend.first()).isEqualTo(5);
        assertThat(trend.last()).isEqualTo(104);

        List<Finding> findings = scan(sbom, null).counted();
        assertThat(findings)
                .filteredOn(finding -> finding.id().equals("CVE-2023-52425"))
                .extracting(Finding::packageName)
                .containsExactlyInAnyOrder("expat", "python3.11");
        assertThat(findings)
                .extracting(Finding::id)
                .doesNotContain("CVE-2023-4911", "CVE-2023-6246", "CVE-2023-6779", "CVE-2023-6780");
    }

    /// Rebuilt every month, the same image never has more than a dozen.
    @Test
    void rebuiltMonthlyItStaysLow() throws IOException {
        Simulation simulation = new Simulation(new Matcher(RealAdvisories.require()));
        List<Integer> counts = new ArrayList<>();
        for (LocalDate day = LocalDate.parse("2024-04-15");
                day.isBefore(LocalDate.parse("2026-05-01"));
                day = day.plusMonths(1)) {
            Sbom sbom = Bills.distroless(day.toString(), "python3");
            counts.add(simulation
                    .age(sbom, null, "python3", day, day.plusDays(1), 1)
                    .trend()
                    .first());
        }
        assertThat(counts).allMatch(count -> count <= 13);
        assertThat(counts).contains(0);
    }

    static ScanResult scan(Sbom sbom, String branch) throws IOException {
        return new Scanner(new Matcher(RealAdvisories.require()), Branches.load(), RealAdvisories.CLOCK)
                .scan(sbom, branch, Triage.NONE);
    }
}
