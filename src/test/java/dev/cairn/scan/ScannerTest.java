package dev.cairn.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.advisory.Branches;
import dev.cairn.advisory.Severity;
import dev.cairn.advisory.Verdict;
import dev.cairn.advisory.VexStatement;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.Sbom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules of matching, on made-up facts.
class ScannerTest {
    @TempDir
    Path folder;

    private Matcher matcher;

    @BeforeEach
    void open() throws IOException {
        matcher = new Matcher(MadeAdvisories.in(folder));
    }

    private ScanResult scan(Sbom sbom) {
        return scan(sbom, null, Triage.NONE);
    }

    private ScanResult scan(Sbom sbom, String branch, Triage triage) {
        return new Scanner(matcher, Branches.load(), RealAdvisories.CLOCK).scan(sbom, branch, triage);
    }

    private static Component apk(String name, String version, String origin) {
        return Bills.component("apk", "alpine", name, version, origin);
    }

    private static Component deb(String name, String version, String source, String sourceVersion) {
        return Bills.component("deb", "debian", name, version, source, sourceVersion);
    }

    @Test
    void packagesOfOneOriginAreOneFinding() {
        ScanResult result = scan(Bills.of(
                Bills.alpine("3.17.1"),
                apk("libssl3", "3.0.7-r0", "openssl"),
                apk("libcrypto3", "3.0.7-r0", "openssl")));
        assertThat(result.findings()).extracting(Finding::id).containsExactly("CVE-2023-0001", "CVE-2023-0002");
        assertThat(result.findings().getFirst().components()).hasSize(2);
        assertThat(result.findings().getFirst().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void anotherOriginIsAnotherPackage() {
        ScanResult result = scan(Bills.of(Bills.alpine("3.17.1"), apk("libssl1.1", "1.1.1s-r0", "openssl1.1-compat")));
        assertThat(result.findings()).extracting(Finding::fixedIn).containsExactly("1.1.1t-r0");
    }

    @Test
    void nothingFoundIsNotZeroWhereSourcesListFixedFlawsOnly() {
        ScanResult result = scan(Bills.of(Bills.alpine("3.17.1"), apk("libssl3", "3.0.8-r0", "openssl")));
        assertThat(result.findings()).isEmpty();
        assertThat(result.totals().unknown()).isEqualTo(1);
        assertThat(result.totals().headline()).isEqualTo("none known, unknown for 1 package");
        assertThat(result.notes()).anyMatch(note -> note.contains("list fixed flaws only"));
    }

    @Test
    void anEndedBranchIsAFindingOfItsOwn() {
        ScanResult result = scan(Bills.of(Bills.alpine("3.17.1"), apk("libssl3", "3.0.8-r0", "openssl")));
        assertThat(result.endOfLife()).isNotNull();
        assertThat(result.endOfLife().fixedSince())
                .as("a fix of the same line counts, one of openssl 4 does not")
                .isEqualTo(1);
    }

    @Test
    void anUnknownBranchIsRefused() {
        Sbom sbom = Bills.of(Bills.alpine("3.20.1"), apk("libssl3", "3.1.0-r0", "openssl"));
        assertThatThrownBy(() -> scan(sbom))
                .isInstanceOf(ScanException.class)
                .hasMessageContaining("alpine:v3.20")
                .hasMessageContaining("--branch edge");
        assertThatThrownBy(() -> scan(Bills.of(null, apk("libssl3", "3.1.0-r0", "openssl"))))
                .hasMessageContaining("os-release");
        ScanResult edge = scan(sbom, "edge", Triage.NONE);
        assertThat(edge.findings()).extracting(Finding::id).containsExactly("CVE-2024-0009");
        assertThat(edge.notes()).anyMatch(note -> note.contains("instead of the image's own alpine:v3.20"));
    }

    @Test
    void debianVersionsAreThoseOfTheSource() {
        assertThat(ids(deb("libssl3", "3.0.13-1+b1", "openssl", ""))).contains("CVE-2024-0001");
        assertThat(ids(deb("libssl3", "3.0.14-1+b1", "openssl", ""))).doesNotContain("CVE-2024-0001");
        assertThat(ids(deb("libgcc-s1", "1:99", "gcc-12", "12.2.0-14"))).containsExactly("CVE-2024-0005");
        assertThat(ids(deb("libgcc-s1", "1:1", "gcc-12", "12.2.0-14+deb12u1"))).isEmpty();
        assertThat(ids(deb("openssl-tool", "1", "openssl-tool", ""))).isEmpty();
    }

    private List<String> ids(Component component) {
        return scan(Bills.of(Bills.debian("12"), component)).findings().stream()
                .map(Finding::id)
                .toList();
    }

    @Test
    void threeTotals() {
        ScanResult result = scan(Bills.of(
                Bills.debian("12"),
                deb("libssl3", "3.0.13-1", "openssl", ""),
                deb("linux-libc-dev", "6.1.90-1", "linux", ""),
                Bills.component("composer", "x", "y", "1", null)));
        assertThat(result.totals().fixable()).isEqualTo(1);
        assertThat(result.totals().open()).isEqualTo(1);
        assertThat(result.totals().headers()).isEqualTo(1);
        assertThat(result.totals().unknown()).isEqualTo(1);
        assertThat(result.totals().exploited()).isEqualTo(1);
        assertThat(result.incomplete()).as("composer packages are not matched").isTrue();
        assertThat(result.findings().getFirst().id())
                .as("the most pressing first")
                .isEqualTo("CVE-2024-0001");
    }

    @Test
    void aliasesAreOneFinding() {
        ScanResult result = scan(Bills.of(null, Bills.component("pypi", "", "my.package", "1.0", null)));
        assertThat(result.findings()).hasSize(1);
        Finding finding = result.findings().getFirst();
        assertThat(finding.id()).isEqualTo("CVE-2024-0006");
        assertThat(finding.match().aliases()).contains("GHSA-aaaa", "PYSEC-1");
        assertThat(finding.fixedIn()).isEqualTo("2.0");
        assertThat(scan(Bills.of(null, Bills.component("pypi", "", "My-Package", "2.1", null)))
                        .findings())
                .as("an open claim does not count where a fix is named")
                .isEmpty();
    }

    @Test
    void whatADistributionsPackageOwnsIsTheDistributions() {
        Component owned = Bills.component("pypi", "", "my-package", "1.0", null).toBuilder()
                .property(Scanner.OWNER, "py3-my-package")
                .build();
        ScanResult result = scan(Bills.of(null, owned));
        assertThat(result.findings()).isEmpty();
        assertThat(result.notes()).anyMatch(note -> note.contains("1 language package belongs"));
    }

    @Test
    void soIsWhatABillListsTwice() {
        Component rpm = Bills.component("rpm", "redhat", "python3-my-package", "1.0-6.el9", null);
        Component python = Bills.component("pypi", "", "my-package", "1.0", null).toBuilder()
                .location("/usr/lib/python3.9/site-packages/my_package-1.0.dist-info/METADATA", "")
                .build();
        Component local = Bills.component("pypi", "", "my-package", "1.0", null).toBuilder()
                .location("/usr/local/lib/python3.9/site-packages/my_package-1.0.dist-info/METADATA", "")
                .build();
        Sbom.Distribution rhel = new Sbom.Distribution("rhel", "9.6", "");
        assertThat(scan(Bills.of(rhel, rpm, python)).findings()).isEmpty();
        assertThat(scan(Bills.of(rhel, rpm, local)).findings()).hasSize(1);
        assertThat(scan(Bills.of(rhel, python)).findings()).hasSize(1);
    }

    @Test
    void anImageWithoutPackagesIsNotClean() {
        ScanResult result = scan(Bills.of(null));
        assertThat(result.incomplete()).isTrue();
        assertThat(result.totals().headline()).startsWith("none known, unknown for");
    }

    @Test
    void vexAndRulesTakeOut() {
        Sbom sbom = Bills.of(Bills.debian("12"), deb("libssl3", "3.0.13-1", "openssl", ""));
        VexStatement statement = new VexStatement(
                List.of("CVE-2024-0001"),
                List.of("pkg:deb/debian/openssl@3.0.13-1"),
                List.of(),
                VexStatement.Status.NOT_AFFECTED,
                "vulnerable_code_not_in_execute_path",
                "",
                "us",
                "2026-01-01");
        IgnoreRule rule = IgnoreRule.parse("CVE-2024-0002 openssl until 2026-12-31 by jo: not reachable", "x");
        IgnoreRule ended = IgnoreRule.parse("CVE-2024-0002 until 2026-01-31 by jo: later", "x");
        ScanResult result = scan(sbom, null, new Decisions(List.of(statement), List.of(rule)));
        assertThat(result.totals().suppressed()).isEqualTo(2);
        assertThat(result.totals().known()).isZero();
        ScanResult after = scan(sbom, null, new Decisions(List.of(), List.of(ended)));
        assertThat(after.totals().open()).isEqualTo(1);
        assertThat(after.notes()).anyMatch(note -> note.contains("ended on 2026-01-31"));
        VexStatement other = new VexStatement(
                List.of("CVE-2024-0001"),
                List.of("pkg:deb/debian/openssl@3.0.14-1"),
                List.of(),
                VexStatement.Status.NOT_AFFECTED,
                "",
                "",
                "us",
                "");
        assertThat(scan(sbom, null, new Decisions(List.of(other), List.of()))
                        .totals()
                        .suppressed())
                .as("a statement about another version")
                .isZero();
    }

    @Test
    void rulesNeedAnEndAnAuthorAndAReason() {
        for (String text : List.of(
                "CVE-1", "CVE-1 until 2026-01-01", "CVE-1 until soon by x: y", "CVE-1 until 2026-01-01 by x: ")) {
            assertThatThrownBy(() -> IgnoreRule.parse(text, "rules, line 1"))
                    .isInstanceOf(ScanException.class)
                    .hasMessageContaining("rules, line 1");
        }
    }

    @Test
    void policiesSetDueDates() throws IOException {
        ScanResult result = scan(Bills.of(Bills.debian("12"), deb("libssl3", "3.0.13-1", "openssl", "")));
        Finding finding = result.findings().getFirst();
        LocalDate seen = LocalDate.of(2024, 6, 10);
        assertThat(Policy.load("fedramp-rev5").due(finding, seen).day())
                .as("CISA's due date is earlier than 30 days")
                .isEqualTo(LocalDate.of(2024, 6, 22));
        assertThat(Policy.load("sla-7-14").due(finding, seen).day()).isEqualTo(LocalDate.of(2024, 6, 24));
        assertThat(Policy.load("pci-dss-4").due(finding, seen))
                .as("only critical ones")
                .isNull();
        Policy own = Policy.parse("title Ours\nhigh 3 from discovery\n", "own", "own");
        assertThat(own.due(finding, seen).day()).isEqualTo(LocalDate.of(2024, 6, 13));
        assertThatThrownBy(() -> Policy.parse("hihg 3 from discovery", "own", "own.policy"))
                .hasMessageContaining("own.policy, line 1");
        assertThatThrownBy(() -> Policy.load("fedramp")).hasMessageContaining("fedramp-rev5");
    }

    @Test
    void failOnNamesWhatFails() {
        List<Finding> all = scan(Bills.of(Bills.debian("12"), deb("libssl3", "3.0.13-1", "openssl", "")))
                .findings();
        assertThat(FailOn.parse("kev").of(all)).hasSize(1);
        assertThat(FailOn.parse("high").of(all)).hasSize(1);
        assertThat(FailOn.parse("critical").of(all)).isEmpty();
        assertThat(FailOn.parse("any").of(all)).hasSize(2);
        assertThat(FailOn.parse("any,fixable").of(all)).hasSize(1);
        assertThat(FailOn.parse("fixable").of(all)).hasSize(1);
        assertThatThrownBy(() -> FailOn.parse("hgih")).hasMessageContaining("hgih");
    }

    @Test
    void comparesImages() {
        ScanResult before = scan(Bills.of(Bills.debian("12"), deb("libssl3", "3.0.13-1", "openssl", "")));
        ScanResult after = scan(Bills.of(Bills.debian("12"), deb("libssl3", "3.0.14-1", "openssl", "")));
        Comparison comparison = Comparison.of(before, after);
        assertThat(comparison.removed()).extracting(Finding::id).containsExactly("CVE-2024-0001");
        assertThat(comparison.kept()).extracting(Finding::id).containsExactly("CVE-2024-0002");
        assertThat(comparison.added()).isEmpty();
    }

    @Test
    void historyIsReplayedAndShowsTampering() throws IOException {
        History history = new History(folder.resolve("history"));
        history.add(scan(Bills.of(Bills.debian("12"), deb("libssl3", "3.0.13-1", "openssl", ""))));
        history.add(scan(Bills.of(Bills.debian("12"), deb("libssl3", "3.0.14-1", "openssl", ""))));
        assertThat(history.entries()).hasSize(2);
        assertThat(history.rollouts().get("test")).hasSize(2);
        assertThat(scan(history.packages(history.entries().getFirst())).totals().fixable())
                .isEqualTo(1);
        Path log = folder.resolve("history/scans.log");
        java.nio.file.Files.writeString(log, java.nio.file.Files.readString(log).replaceFirst("\t1 1 ", "\t0 1 "));
        assertThatThrownBy(history::entries).hasMessageContaining("line 3").hasMessageContaining("history was changed");
    }

    @Test
    void cveDaysAreTheAreaUnderTheCurve() {
        Trend trend = new Trend(
                "x",
                List.of(new Trend.Point(LocalDate.of(2026, 3, 30), 2), new Trend.Point(LocalDate.of(2026, 4, 2), 5)));
        assertThat(trend.cveDays(LocalDate.of(2026, 4, 4))).isEqualTo(2 * 3 + 5 * 2);
        assertThat(trend.cveDaysByQuarter(LocalDate.of(2026, 4, 4)))
                .containsEntry("2026-Q1", 4L)
                .containsEntry("2026-Q2", 12L);
    }

    @Test
    void explains() {
        Sbom sbom = Bills.of(Bills.debian("12"), deb("libssl3", "3.0.14-1", "openssl", ""));
        Explanation explanation = Explanation.of("CVE-2024-0001", sbom, null, matcher);
        assertThat(explanation.cases()).hasSize(1);
        assertThat(explanation.cases().getFirst().verdict())
                .isInstanceOfSatisfying(
                        Verdict.NotAffected.class, n -> assertThat(n.because()).isEqualTo("outside of < 3.0.14-1"));
        assertThat(Explanation.of("CVE-1999-1", sbom, null, matcher).cases()).isEmpty();
    }
}
