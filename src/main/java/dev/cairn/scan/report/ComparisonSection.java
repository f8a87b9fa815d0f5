package dev.cairn.scan.report;

import dev.cairn.scan.Comparison;
import dev.cairn.scan.Finding;
import dev.cairn.scan.ScanResult;
import dev.cairn.scan.inventory.Traits;
import java.util.List;
import java.util.Set;

/// Before and after, as a part of an HTML page.
final class ComparisonSection {
    private static final int MOST_ROWS = 500;
    private static final String UNKNOWN = "not known";

    private final Html html;
    private final Comparison comparison;

    ComparisonSection(Html html, Comparison comparison) {
        this.html = html;
        this.comparison = comparison;
    }

    void write() {
        ScanResult before = comparison.before();
        ScanResult after = comparison.after();
        html.raw("<section><header><p class=\"kicker\">Comparison</p>")
                .element("h1", "", before.name() + " → " + after.name());
        html.raw("</header><div class=\"cards\">");
        card(comparison.removed().size(), "removed", "good");
        card(comparison.added().size(), "added", comparison.added().isEmpty() ? "" : "bad");
        card(comparison.kept().size(), "kept", "");
        html.raw("</div><div class=\"charts\"><figure><figcaption>Findings, before and after</figcaption>");
        Charts.bars(
                html,
                "Findings before and after",
                List.of(
                        new Charts.Bar(
                                "before",
                                before.totals().fixable(),
                                before.totals().open(),
                                "s0"),
                        new Charts.Bar(
                                "after",
                                after.totals().fixable(),
                                after.totals().open(),
                                "s1")));
        html.raw(
                "<p class=\"legend\">solid: fixable, faint: without a fix</p></figure><figure><figcaption>What else changed</figcaption>");
        facts(before, after);
        html.raw("</figure></div>");
        list("Removed", comparison.removed());
        list("Added", comparison.added());
        html.raw("</section>");
    }

    private void card(long number, String title, String css) {
        html.raw("<div class=\"card " + css + "\"><strong>")
                .text(number)
                .raw("</strong>")
                .element("span", "", title)
                .raw("</div>");
    }

    private void facts(ScanResult before, ScanResult after) {
        html.raw("<table><thead><tr><th></th><th>Before</th><th>After</th></tr></thead><tbody>");
        row(
                "Packages",
                Integer.toString(before.sbom().components().size()),
                Integer.toString(after.sbom().components().size()));
        for (String[] each : TRAITS) {
            boolean known = !value(before, each[1]).equals(UNKNOWN)
                    || !value(after, each[1]).equals(UNKNOWN);
            if (known) {
                row(each[0], value(before, each[1]), value(after, each[1]));
            }
        }
        html.raw("</tbody></table>");
        Set<String> gone = Comparison.packagesOnlyIn(before, after);
        Set<String> added = Comparison.packagesOnlyIn(after, before);
        html.element("p", "meta", gone.size() + " packages gone, " + added.size() + " new");
    }

    static final List<String[]> TRAITS = List.of(
            new String[] {"Size (bytes)", Traits.SIZE},
            new String[] {"Files", Traits.FILES},
            new String[] {"Runs as", Traits.USER},
            new String[] {"Shells", Traits.SHELLS},
            new String[] {"Package managers", Traits.PACKAGE_MANAGERS},
            new String[] {"Set-user-id files", Traits.SETUID});

    static String value(ScanResult result, String property) {
        boolean known = result.sbom().subject().properties().containsKey(property);
        String value = Comparison.property(result, property);
        return !known ? UNKNOWN : value.isEmpty() ? "none" : value;
    }

    private void row(String title, String before, String after) {
        html.raw("<tr>")
                .element("th", "", title)
                .element("td", "", before)
                .element("td", "", after)
                .raw("</tr>");
    }

    private void list(String title, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        html.element("h2", "", title + " (" + findings.size() + ")");
        html.raw(
                "<table><thead><tr><th>Severity</th><th>ID</th><th>Package</th><th>Version</th><th>Fixed in</th></tr></thead><tbody>");
        for (Finding finding : findings.subList(0, Math.min(MOST_ROWS, findings.size()))) {
            html.raw("<tr><td class=\"sev\"><span class=\"pill "
                            + finding.severity().id() + "\">")
                    .text(finding.severity().id())
                    .raw("</span></td>");
            html.element("td", "mono", finding.id()).element("td", "", finding.packageName());
            html.element("td", "mono", finding.version())
                    .element("td", "mono", finding.fixedIn())
                    .raw("</tr>");
        }
        html.raw("</tbody></table>");
        if (findings.size() > MOST_ROWS) {
            html.element("p", "meta", "and " + (findings.size() - MOST_ROWS) + " more");
        }
    }
}
