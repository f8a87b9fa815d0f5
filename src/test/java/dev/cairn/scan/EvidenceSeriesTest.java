package dev.cairn.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.Branches;
import dev.cairn.advisory.Severity;
import dev.cairn.sbom.Sbom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceSeriesTest {
    @TempDir
    private Path folder;

    @Test
    void theStepsOfAPathAreHeldAgainstEachOther() throws IOException {
        Sbom before = Bills.of(
                Bills.debian("12"),
                Bills.component("deb", "debian", "libssl3", "3.0.13-1", "openssl"),
                Bills.component("pypi", "", "My.Package", "1.0", null));
        Sbom after = Bills.of(Bills.debian("12"), Bills.component("deb", "debian", "libssl3", "3.0.14-1", "openssl"));
        AdvisoryDatabase database = MadeAdvisories.in(folder);
        EvidenceSeries series = new EvidenceSeries(
                database,
                Branches.load(),
                RealAdvisories.CLOCK,
                LocalDate.parse("2024-04-21"),
                LocalDate.parse("2024-05-11"));

        StepEvidence first = series.of("today", before, null, Triage.NONE);
        StepEvidence second = series.of("distroless", after, null, Triage.NONE);

        // fixable: a HIGH one of openssl, which no source dates, and one of My.Package, known since the first of May
        assertThat(first.totals().fixable()).isEqualTo(2);
        assertThat(first.bySeverity().get(Severity.HIGH)).isEqualTo(new StepEvidence.Count(2, 0));
        assertThat(first.bySeverity().get(Severity.UNKNOWN)).isEqualTo(new StepEvidence.Count(0, 1));
        assertThat(first.bySeverity().firstKey()).isEqualTo(Severity.CRITICAL);
        assertThat(first.undated()).isEqualTo(1);
        assertThat(first.cveDays()).isEqualTo(10);
        assertThat(second.totals().fixable()).isZero();
        assertThat(second.totals().open()).isEqualTo(1);
        assertThat(second.cveDays()).isZero();
        assertThat(second.since(first).removed()).hasSize(2);
        assertThat(second.since(first).added()).isEmpty();
        assertThat(second.since(first).kept()).hasSize(1);
    }

    /// Package URLs of old versions of Syft: `pkg:alpine/libssl3@3.0.7-r0?upstream=openssl`.
    @Test
    void alpinesPackagesUnderTheirOldTypeAreMatched() throws IOException {
        Sbom sbom = Bills.of(Bills.alpine("3.17.0"), Bills.component("alpine", "", "libssl3", "3.0.7-r0", "openssl"));
        ScanResult result = new Scanner(new Matcher(MadeAdvisories.in(folder)), Branches.load(), RealAdvisories.CLOCK)
                .scan(sbom, null, Triage.NONE);
        assertThat(result.totals().fixable()).isEqualTo(2);
        assertThat(result.incomplete()).isFalse();
    }

    @Test
    void cveDaysAreTheAreaUnderTheCurve() throws IOException {
        EvidenceSeries series = new EvidenceSeries(
                RealAdvisories.require(),
                Branches.load(),
                RealAdvisories.CLOCK,
                LocalDate.parse("2024-12-02"),
                LocalDate.parse("2025-12-02"));
        StepEvidence aged = series.of("base", Bills.distroless("2024-12-15", "base"), null, Triage.NONE);
        int[] sum = new int[1];
        for (LocalDate day = LocalDate.parse("2024-12-02"); day.isBefore(aged.until()); day = day.plusDays(1)) {
            LocalDate each = day;
            sum[0] += aged.aging().points().stream()
                    .filter(point -> !point.day().isAfter(each))
                    .reduce((a, b) -> b)
                    .orElseThrow()
                    .fixable();
        }
        assertThat(aged.cveDays()).isEqualTo(sum[0]).isPositive();
        assertThat(aged.totals().fixable()).isEqualTo(47);
    }
}
