package dev.cairn.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.advisory.Branches;
import dev.cairn.sbom.Sbom;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Counts of real images on real facts, against those of a reference matcher.
class GoldenFiguresTest {
    @ParameterizedTest
    @CsvSource({"bookworm.manifest, bookworm, 12, 67", "bullseye.manifest, bullseye, 11, 60"})
    void debianImages(String file, String suite, String version, int fixable) throws IOException {
        assertThat(scan(Bills.debianManifest(file, suite, version), null)
                        .totals()
                        .fixable())
                .isEqualTo(fixable);
    }

    @ParameterizedTest
    @CsvSource({"base, 47", "python3, 127"})
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

    @Test
    void aDistrolessImageThatIsFrozenAges() throws IOException {
        int then =
                scan(Bills.distroless("2024-04-15", "python3"), null).totals().fixable();
        int later =
                scan(Bills.distroless("2026-04-15", "python3"), null).totals().fixable();
        assertThat(then).isGreaterThan(later + 50);
    }

    static ScanResult scan(Sbom sbom, String branch) throws IOException {
        return new Scanner(new Matcher(RealAdvisories.require()), Branches.load(), RealAdvisories.CLOCK)
                .scan(sbom, branch, Triage.NONE);
    }
}
