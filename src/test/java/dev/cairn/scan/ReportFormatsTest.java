package dev.cairn.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.advisory.Branches;
import dev.cairn.sbom.Sbom;
import dev.cairn.scan.report.CsvReport;
import dev.cairn.scan.report.CycloneDxReport;
import dev.cairn.scan.report.HtmlReport;
import dev.cairn.scan.report.JsonReport;
import dev.cairn.scan.report.Report;
import dev.cairn.scan.report.SarifReport;
import dev.cairn.scan.report.TableReport;
import dev.cairn.scan.report.VexReport;
import dev.cairn.scan.report.XlsxReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Every format says the same, and none of them lets a hostile name out of its cell.
class ReportFormatsTest {
    private static final String HOSTILE = "=cmd|'/c calc'!A0<script>alert(1)</script>";

    @TempDir
    Path folder;

    private Report report;

    @BeforeEach
    void scan() throws IOException {
        Sbom made = Bills.of(
                Bills.debian("12"),
                Bills.component("deb", "debian", "libssl3", "3.0.13-1", "openssl"),
                Bills.component("deb", "debian", "linux-libc-dev", "6.1.90-1", "linux"));
        Sbom sbom = new Sbom(
                new Sbom.Subject("image", HOSTILE, "", null, null, new TreeMap<>()),
                made.distribution(),
                made.components(),
                List.of(),
                null,
                List.of());
        ScanResult result = new Scanner(new Matcher(MadeAdvisories.in(folder)), Branches.load(), RealAdvisories.CLOCK)
                .scan(sbom, null, Triage.NONE);
        report = Report.of(result, Policy.load("fedramp-rev5"), Report.FirstSeen.TODAY, "1.0");
    }

    @Test
    void jsonHasEverything() {
        JsonNode image = new ObjectMapper()
                .readTree(JsonReport.write(report))
                .get("images")
                .get(0);
        assertThat(image.get("totals").get("fixable").asInt()).isEqualTo(1);
        assertThat(image.get("findings").get(0).get("id").asString()).isEqualTo("CVE-2024-0001");
        assertThat(image.get("findings").get(0).get("fixedIn").asString()).isEqualTo("3.0.14-1");
        assertThat(image.get("findings").get(0).get("due").asString()).isEqualTo("2026-11-27");
        assertThat(image.get("database").asString()).startsWith("sha256:");
    }

    @Test
    void htmlLetsNothingOut() {
        String html = new String(HtmlReport.write(report), UTF_8);
        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;alert(1)");
        assertThat(html).contains("Content-Security-Policy").contains("default-src 'none'");
        assertThat(html).contains("CVE-2024-0001").contains("<svg");
    }

    @Test
    void csvHasNoFormulas() {
        String csv = new String(CsvReport.write(report), UTF_8);
        assertThat(csv.lines())
                .hasSize(1 + report.results().getFirst().findings().size());
        assertThat(csv).contains("'=cmd|").doesNotContain(",=cmd");
    }

    /// Neither the hour nor the machine's zlib shows in a workbook.
    @Test
    void theSameReportIsTheSameWorkbook() throws IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        XlsxReport.write(report, first);
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        XlsxReport.write(report, second);
        assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
        try (ZipFile file = new ZipFile(
                Files.write(folder.resolve("a.xlsx"), first.toByteArray()).toFile())) {
            assertThat(new String(
                            file.getInputStream(file.getEntry("docProps/core.xml"))
                                    .readAllBytes(),
                            UTF_8))
                    .contains(">2026-11-27T08:00:00Z</dcterms:created>");
        }
    }

    @Test
    void xlsxHasItsSheetsAndNoFormulas() throws IOException {
        Path file = folder.resolve("report.xlsx");
        try (OutputStream out = Files.newOutputStream(file)) {
            XlsxReport.write(report, out);
        }
        List<String> sheets = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                String text = new String(zip.getInputStream(entry).readAllBytes(), UTF_8);
                all.append(text);
                if (entry.getName().equals("xl/workbook.xml")) {
                    for (String name : text.split("<sheet name=\"")) {
                        sheets.add(name.split("\"")[0]);
                    }
                }
            }
        }
        assertThat(sheets)
                .contains(
                        "Summary",
                        "Open",
                        "Closed",
                        "Exceptions",
                        "Headers only",
                        "POA&amp;M",
                        "Inventory",
                        "Evidence");
        assertThat(all).contains("CVE-2024-0001").doesNotContain("<f>").contains("=cmd|");
    }

    @Test
    void sarifCycloneDxAndVexAreReadBack() throws IOException {
        JsonNode sarif = new ObjectMapper().readTree(SarifReport.write(report));
        assertThat(sarif.get("version").asString()).isEqualTo("2.1.0");
        JsonNode run = sarif.get("runs").get(0);
        assertThat(run.get("results").size())
                .isEqualTo(run.get("tool").get("driver").get("rules").size());
        Path cdx = folder.resolve("x.cdx.json");
        Files.write(cdx, CycloneDxReport.write(report.results().getFirst(), "1.0"));
        assertThat(dev.cairn.sbom.SbomReader.read(cdx).components()).hasSize(2);
        Path vex = folder.resolve("x.openvex.json");
        Files.write(vex, VexReport.write(report, "us"));
        assertThat(dev.cairn.advisory.VexReader.read(vex)).isNotEmpty();
    }

    @Test
    void theTableLeadsWithWhatIsFixable() {
        String table = TableReport.write(report, (tone, text) -> text, false);
        assertThat(table).contains("CVE-2024-0001").doesNotContain("CVE-2024-0002  ");
        assertThat(table).contains("1 fixable, 1 open without a fix").contains("1 known to be exploited");
        assertThat(table).contains("1 more are of a kernel");
    }
}
