package dev.cairn.scan.report;

import dev.cairn.advisory.Severity;
import dev.cairn.scan.Finding;
import dev.cairn.scan.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One file that opens anywhere: no script, no font and no picture from elsewhere, a content security policy that
/// allows none, and every text escaped. It follows the reader's light or dark theme and prints.
public final class HtmlReport {
    private static final int MOST_BARS = 12;
    private static final int MOST_ROWS = 5000;

    private final Report report;
    private final Html html = new Html();

    private HtmlReport(Report report) {
        this.report = report;
    }

    /// The document.
    public static byte[] write(Report report) {
        HtmlReport page = new HtmlReport(report);
        page.document();
        return page.html.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void document() {
        html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">")
                .raw(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\"><title>")
                .text(report.title() + " – vulnerabilities")
                .raw("</title><style>")
                .raw(style())
                .raw("</style></head><body><main>");
        if (report.comparison() != null) {
            new ComparisonSection(html, report.comparison()).write();
        }
        if (!report.trends().isEmpty()) {
            new TrendSection(html, report.trends()).write();
        }
        for (ScanResult result : report.results()) {
            image(result);
        }
        footer();
        html.raw("</main></body></html>\n");
    }

    /// The style sheet of all pages.
    public static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("the resource report.css is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void image(ScanResult result) {
        List<Report.Row> rows = report.rows(result);
        html.raw("<section><header><p class=\"kicker\">Vulnerability report</p>")
                .element("h1", "", result.name());
        html.raw("<p class=\"meta\">").text(about(result)).raw("</p></header>");
        cards(result, rows);
        banners(result);
        charts(result);
        findings(rows);
        suppressed(rows);
        notes(result);
        html.raw("</section>");
    }

    private static String about(ScanResult result) {
        String digest = result.sbom().subject().digest() == null
                ? ""
                : result.sbom().subject().digest() + " · ";
        String name = result.sbom().distribution() == null
                        || result.sbom().distribution().name().isEmpty()
                ? ""
                : result.sbom().distribution().name() + " · ";
        return digest + name + result.sbom().components().size() + " packages · scanned "
                + LocalDate.ofInstant(result.scannedAt(), ZoneOffset.UTC);
    }

    private void cards(ScanResult result, List<Report.Row> rows) {
        html.raw("<div class=\"cards\">");
        card(
                result.totals().fixable(),
                "fixable",
                "an upgrade removes them",
                result.totals().fixable() > 0 ? "bad" : "");
        if (result.totals().knowsOpen()) {
            card(result.totals().open(), "without a fix", "waiting for upstream or the distribution", "");
        } else {
            card("?", "without a fix", "the sources list fixed flaws only", "warn");
        }
        card(
                result.totals().unknown(),
                result.totals().unknown() == 1 ? "package unknown" : "packages unknown",
                "sources do not say whether they have open flaws",
                result.totals().unknown() > 0 ? "warn" : "");
        card(
                result.totals().exploited(),
                "known exploited",
                "listed by CISA",
                result.totals().exploited() > 0 ? "bad" : "");
        if (report.policy() != null) {
            long overdue = rows.stream().filter(Report.Row::isOverdue).count();
            card(overdue, "overdue", report.policy().title(), overdue > 0 ? "bad" : "");
        }
        if (result.totals().headers() > 0) {
            card(result.totals().headers(), "of a kernel", "only its headers or tools are in the image", "");
        }
        if (result.totals().suppressed() > 0) {
            card(result.totals().suppressed(), "taken out", "by VEX or by rules, listed below", "");
        }
        html.raw("</div>");
    }

    private void card(long number, String title, String detail, String css) {
        card(Long.toString(number), title, detail, css);
    }

    private void card(String number, String title, String detail, String css) {
        html.raw("<div class=\"card " + css + "\"><strong>").text(number).raw("</strong>");
        html.element("span", "", title).element("small", "", detail).raw("</div>");
    }

    private void banners(ScanResult result) {
        ScanResult.EndOfLife ended = result.endOfLife();
        if (ended != null) {
            LocalDate last = ended.branch().longTermEnd() == null
                    ? ended.branch().end()
                    : ended.branch().longTermEnd();
            html.element(
                    "p",
                    "banner bad",
                    ended.branch().ecosystem().title() + " " + ended.branch().name()
                            + " ended on " + last + ": nobody fixes it any more" + TableReport.since(ended) + ". ("
                            + ended.branch().source() + ")");
        }
        if (result.longTerm() != null) {
            html.element(
                    "p",
                    "banner warn",
                    result.longTerm().ecosystem().title() + " "
                            + result.longTerm().name()
                            + " has long-term support only, until "
                            + result.longTerm().longTermEnd() + ". ("
                            + result.longTerm().source() + ")");
        }
        if (result.incomplete()) {
            html.element("p", "banner warn", "Not everything in this image could be read or matched: see the notes.");
        }
    }

    private void charts(ScanResult result) {
        List<Finding> counted = result.counted();
        if (counted.isEmpty()) {
            return;
        }
        html.raw("<div class=\"charts\"><figure><figcaption>By severity</figcaption>");
        List<Charts.Bar> severities = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int fixable = (int) counted.stream()
                    .filter(f -> f.severity() == severity && f.isFixable())
                    .count();
            int open = (int) counted.stream()
                    .filter(f -> f.severity() == severity && !f.isFixable())
                    .count();
            if (fixable + open > 0) {
                severities.add(new Charts.Bar(severity.id(), fixable, open, severity.id()));
            }
        }
        Charts.bars(html, "Findings by severity", severities);
        html.raw("</figure><figure><figcaption>By package</figcaption>");
        Charts.bars(html, "Findings by package", packages(counted));
        html.raw(
                "<p class=\"legend\"><span class=\"key package\"></span>fixable <span class=\"key package faint\"></span>without a fix</p></figure></div>");
    }

    private static List<Charts.Bar> packages(List<Finding> counted) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Finding finding : counted) {
            counts.computeIfAbsent(finding.packageName(), p -> new int[2])[finding.isFixable() ? 0 : 1]++;
        }
        List<Charts.Bar> bars = new ArrayList<>();
        counts.forEach((name, c) -> bars.add(new Charts.Bar(name, c[0], c[1], "package")));
        bars.sort(Comparator.comparingInt((Charts.Bar bar) -> -(bar.fixable() + bar.open()))
                .thenComparing(Charts.Bar::label));
        if (bars.size() <= MOST_BARS) {
            return bars;
        }
        List<Charts.Bar> shown = new ArrayList<>(bars.subList(0, MOST_BARS - 1));
        List<Charts.Bar> rest = bars.subList(MOST_BARS - 1, bars.size());
        shown.add(new Charts.Bar(
                rest.size() + " more",
                rest.stream().mapToInt(Charts.Bar::fixable).sum(),
                rest.stream().mapToInt(Charts.Bar::open).sum(),
                "package"));
        return shown;
    }

    private void findings(List<Report.Row> rows) {
        List<Report.Row> counted =
                rows.stream().filter(row -> row.finding().counts()).toList();
        if (counted.isEmpty()) {
            return;
        }
        html.raw("<h2>Findings</h2>");
        new FindingTable(html, report.policy() != null).write(counted.subList(0, Math.min(MOST_ROWS, counted.size())));
        if (counted.size() > MOST_ROWS) {
            html.element("p", "meta", "and " + (counted.size() - MOST_ROWS) + " more: the spreadsheet has all of them");
        }
    }

    private void suppressed(List<Report.Row> rows) {
        List<Report.Row> out =
                rows.stream().filter(row -> !row.finding().status().counts()).toList();
        if (out.isEmpty()) {
            return;
        }
        html.raw(
                "<h2>Taken out</h2><table><thead><tr><th>ID</th><th>Package</th><th>Status</th><th>Reason</th><th>By</th></tr></thead><tbody>");
        for (Report.Row row : out.subList(0, Math.min(MOST_ROWS, out.size()))) {
            Finding finding = row.finding();
            html.raw("<tr>").element("td", "mono", finding.id()).element("td", "", finding.packageName());
            html.element("td", "", finding.status().state().title());
            html.element(
                    "td",
                    "",
                    (finding.status().justification() + " " + finding.status().reason()).strip());
            html.element("td", "", finding.status().author()).raw("</tr>");
        }
        html.raw("</tbody></table>");
    }

    private void notes(ScanResult result) {
        html.raw("<h2>How to read this</h2><ul>");
        html.element(
                "li",
                "",
                "Facts: advisory database " + result.databaseDigest() + ", updated "
                        + LocalDate.ofInstant(result.databaseBuilt(), ZoneOffset.UTC)
                        + (result.basis().used() == null
                                ? ""
                                : "; the distribution's packages were held against "
                                        + result.basis().used())
                        + ".");
        html.element(
                "li",
                "",
                "A finding is one flaw (with all its ids) in one source package. It counts as fixable"
                        + " when a version without it exists.");
        for (String note : result.notes()) {
            html.element("li", "", note);
        }
        html.raw("</ul>");
    }

    private void footer() {
        html.raw("<footer>")
                .text("Made by cairn " + report.tool() + " from facts on this machine; no network was used.");
        if (report.policy() != null) {
            html.text(" Due dates: " + report.policy().title() + " ("
                    + report.policy().source() + ").");
        }
        html.raw("</footer>");
    }
}
