package dev.cairn.scan.report;

import dev.cairn.scan.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Findings as a table of an HTML page.
final class FindingTable {
    private final Html html;
    private final boolean due;

    FindingTable(Html html, boolean due) {
        this.html = html;
        this.due = due;
    }

    void write(List<Report.Row> rows) {
        html.raw("<table><thead><tr><th>Severity</th><th>ID</th><th>Package</th><th>Installed</th><th>Fixed in</th>"
                + "<th>EPSS</th><th>CVSS</th>" + (due ? "<th>Due</th>" : "") + "<th>Why</th></tr></thead><tbody>");
        rows.forEach(this::row);
        html.raw("</tbody></table>");
    }

    private void row(Report.Row row) {
        Finding finding = row.finding();
        html.raw("<tr><td class=\"sev\"><span class=\"pill "
                        + finding.severity().id() + "\">")
                .text(finding.severity().id())
                .raw("</span>");
        if (finding.score().isKnownExploited()) {
            html.raw(" <span class=\"pill kev\">exploited</span>");
        }
        html.raw("</td><td class=\"mono id\">");
        id(finding);
        html.raw("</td>").element("td", "", finding.packageName()).element("td", "mono", finding.version());
        html.element(
                "td",
                finding.isFixable() ? "mono" : "dim",
                finding.isFixable() ? finding.fixedIn() : finding.outlook());
        html.element("td", "number", TableReport.percent(finding.score().epss()));
        html.element(
                "td",
                "number",
                Double.isNaN(finding.score().cvss())
                        ? ""
                        : Double.toString(finding.score().cvss()));
        if (due) {
            due(row);
        }
        html.element(
                "td",
                "why",
                finding.match().feed().id() + " " + finding.target() + ": "
                        + finding.match().because());
        html.raw("</tr>");
    }

    private void due(Report.Row row) {
        @Nullable Long left = row.daysLeft();
        html.raw("<td class=\"due" + (row.isOverdue() ? " overdue" : "") + "\">");
        if (row.due() != null && left != null) {
            html.text(row.due().day().toString());
            html.element("small", "", left < 0 ? -left + " days ago" : left + " days left");
        }
        html.raw("</td>");
    }

    private void id(Finding finding) {
        if (finding.id().startsWith("CVE-")) {
            html.raw("<a rel=\"noreferrer\" href=\"https://www.cve.org/CVERecord?id=")
                    .text(finding.id())
                    .raw("\">");
            html.text(finding.id()).raw("</a>");
        } else {
            html.text(finding.id());
        }
        if (!finding.match().aliases().isEmpty()) {
            html.element("small", "", String.join(" ", finding.match().aliases()));
        }
    }
}
