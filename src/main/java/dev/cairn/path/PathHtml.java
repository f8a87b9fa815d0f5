package dev.cairn.path;

import dev.cairn.advisory.Severity;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.scan.StepEvidence;
import dev.cairn.scan.report.Html;
import dev.cairn.scan.report.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The path as one page: no script, nothing from elsewhere, every text escaped. It looks like the scan reports.
public final class PathHtml extends Html {
    private static final String STYLE = """
            .picture,.wide{overflow-x:auto}.wide th,.wide td{padding:7px 6px;white-space:nowrap}.picture svg{min-width:900px}svg .box{fill:var(--bg);stroke:var(--line)}
            svg .head{fill:var(--ink);font-weight:600;font-size:15px}svg .arrow{stroke:var(--dim);stroke-width:1.6;fill:none}
            svg .dim{fill:var(--dim)}svg .goodtext{fill:var(--good);font-weight:600}svg .badtext{fill:var(--bad);font-weight:600}
            pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow:auto;
            font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;margin:8px 0 14px}
            .add{color:var(--good)}.del{color:var(--bad)}.at{color:var(--dim)}summary{cursor:pointer;font-weight:600;margin:6px 0}
            .pill.lo{background:#2f7d5b}.pill.mid{background:#a8660f}.pill.hi{background:#9b1c31}.pill.no{background:#6b717a}
            """;

    private final PathReport report;

    private PathHtml(PathReport report) {
        this.report = report;
    }

    /// The page.
    ///
    /// @param tool what made it: `1.0`
    public static byte[] write(PathReport report, String tool) {
        PathHtml page = new PathHtml(report);
        page.document(tool);
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void number(String text) {
        element("td", "number", text);
    }

    private void document(String tool) {
        raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        raw(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
                        + " form-action 'none'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        text(report.project() + " – the path to distroless");
        raw("</title><style>").raw(HtmlReport.style()).raw(STYLE).raw("</style></head><body><main>\n<section>");
        raw("<p class=\"kicker\">The path to distroless</p>").element("h1", "", report.project());
        element(
                "p",
                "meta",
                PathPicture.counted(report.survey().dockerfiles().size(), "Dockerfile") + ", "
                        + PathPicture.counted(report.survey().uses().size(), "use") + " of images. Walked on copies on "
                        + report.day()
                        + (report.builder().isEmpty() ? "" : "; images built by " + report.builder())
                        + ". Nothing left the machine.");
        banners();
        raw("<figure class=\"picture\"><figcaption>From today to the last step, all images together</figcaption>");
        raw(new PathPicture().draw(report.states()));
        raw("</figure>");
        table();
        severities();
        raw("</section>\n");
        report.states().forEach(this::state);
        survey();
        notes();
        raw("<footer>");
        text("Made by cairn " + tool + " from this machine's copy of the repository and of the vulnerability facts.");
        raw("</footer></main></body></html>\n");
    }

    private void banners() {
        if (!report.standIns().isEmpty()) {
            element(
                    "p",
                    "banner warn",
                    "Stand-ins: " + String.join(", ", report.standIns())
                            + " are not upstream's images here but images that cairn built from older Debian packages, with the tools and the root"
                            + " user that upstream's have. The numbers of today stand for the kind, not for the product.");
        }
        for (String each : report.leftOut()) {
            element("p", "banner warn", "Left out: " + each);
        }
    }

    private void table() {
        raw("<h2>Step by step</h2><div class=\"wide\"><table><thead><tr>");
        for (String head : List.of(
                "step",
                "contention",
                "files",
                "refused",
                "packages",
                "size",
                "fixable",
                "open",
                "unknown",
                "CVE-days",
                "shell",
                "manager",
                "root",
                "smoke test")) {
            element("th", "", head);
        }
        raw("</tr></thead><tbody>");
        for (StateReport state : report.states()) {
            Sum sum = Sum.of(state);
            raw("<tr><th><a href=\"#")
                    .raw(state.step().id())
                    .raw("\">")
                    .text(state.step().id());
            raw("</a></th><td>");
            pill(state.step());
            raw("</td>");
            number(Integer.toString(state.changed()));
            number(Integer.toString(state.refusals()));
            number(sum.isBuilt() ? Long.toString(sum.packages()) : "–");
            number(sum.isBuilt() ? PathPicture.megabytes(sum.size()) : "–");
            number(sum.scanWords(sum.fixable()));
            number(sum.openWords());
            number(sum.scanWords(sum.unknown()));
            number(sum.scanWords(sum.cveDays()));
            element("td", "", sum.hasWords(sum.shells()));
            element("td", "", sum.hasWords(sum.managers()));
            element("td", "", sum.hasWords(sum.roots()));
            element("td", "", state.smoke() == null ? "not run" : state.smoke().passed() ? "passes" : "fails");
            raw("</tr>");
        }
        raw("</tbody></table></div>");
    }

    private void severities() {
        if (report.states().stream().noneMatch(each -> Sum.of(each).isScanned())) {
            return;
        }
        raw("<h2>Findings by severity: fixable / open</h2><div class=\"wide\"><table><thead><tr><th>step</th>");
        for (Severity each : Severity.values()) {
            element("th", "number", each.id());
        }
        raw("</tr></thead><tbody>");
        for (StateReport state : report.states()) {
            Sum sum = Sum.of(state);
            raw("<tr>").element("th", "", state.step().id());
            for (Severity each : Severity.values()) {
                StepEvidence.Count count = sum.bySeverity().get(each);
                number(
                        count == null
                                ? "not scanned"
                                : count.fixable() + " / "
                                        + (sum.knowsOpen() || count.open() > 0 ? Integer.toString(count.open()) : "?"));
            }
            raw("</tr>");
        }
        raw("</tbody></table></div>");
        element("p", "legend", "?: the sources list fixed flaws only, so that open ones are not known.");
    }

    private void pill(PathStep step) {
        String css = switch (step.contention()) {
            case "low" -> "lo";
            case "medium" -> "mid";
            case "high" -> "hi";
            default -> "no";
        };
        element("span", "pill " + css, step == PathStep.TODAY ? "–" : step.contention());
    }

    private void state(StateReport state) {
        raw("<section id=\"")
                .raw(state.step().id())
                .raw("\"><h2>")
                .text(state.step().id())
                .raw(" ");
        pill(state.step());
        raw("</h2>");
        element("p", "meta", state.step().purpose() + ". " + state.step().why());
        decisions(state);
        images(state);
        SmokeReport smoke = state.smoke();
        if (smoke != null) {
            element(
                    "p",
                    smoke.passed() ? "meta" : "banner bad",
                    "Smoke test: " + (smoke.passed() ? "passes. " : "fails. ") + smoke.words());
        }
        state.files().stream().filter(FileChange::isChanged).forEach(this::diff);
        raw("</section>\n");
    }

    private void decisions(StateReport state) {
        List<FileChange> told = state.files().stream()
                .filter(each -> each.report().findings().stream().anyMatch(PathHtml::isForPeople))
                .toList();
        if (told.isEmpty()) {
            return;
        }
        raw(
                "<h3>What a person has to look at</h3><table><thead><tr><th>file</th><th>line</th><th></th><th>what</th></tr></thead><tbody>");
        for (FileChange file : told) {
            for (Finding each : file.report().findings()) {
                if (isForPeople(each)) {
                    boolean refused = each.isRefusal();
                    raw("<tr>")
                            .element("td", "mono", file.path())
                            .element("td", "number", Integer.toString(each.line()));
                    raw("<td>")
                            .element("span", refused ? "pill hi" : "pill mid", refused ? "refused" : "look")
                            .raw("</td><td>");
                    text(SourceText.display(each.message()))
                            .element(
                                    "small",
                                    "",
                                    each.reason().id() + ": " + each.reason().summary());
                    raw("</td></tr>");
                }
            }
        }
        raw("</tbody></table>");
    }

    private static boolean isForPeople(Finding finding) {
        return finding.isRefusal()
                || finding.reason().level() == Reason.Level.NOTE
                || finding.reason() == Reason.SPLIT_NOTE;
    }

    private void images(StateReport state) {
        if (state.images().isEmpty()) {
            return;
        }
        raw("<h3>Images</h3><table><thead><tr>");
        for (String head : List.of(
                "Dockerfile",
                "built on",
                "packages",
                "size",
                "fixable",
                "open",
                "unknown",
                "CVE-days",
                "shell",
                "package manager",
                "runs as")) {
            element("th", "", head);
        }
        raw("</tr></thead><tbody>");
        for (ImageReport each : state.images()) {
            raw("<tr>").element("td", "mono", each.file());
            ImageFacts facts = each.facts();
            if (facts == null) {
                raw("<td colspan=\"10\">not built<pre>").text(each.problem()).raw("</pre></td></tr>");
                continue;
            }
            StepEvidence found = each.evidence();
            element("td", "", facts.system());
            number(Integer.toString(facts.packages()));
            number(PathPicture.megabytes(facts.size()));
            number(
                    found == null
                            ? "not scanned"
                            : Integer.toString(found.totals().fixable()));
            number(
                    found == null
                            ? "not scanned"
                            : found.totals().knowsOpen()
                                    ? Integer.toString(found.totals().open())
                                    : "unknown");
            number(
                    found == null
                            ? "not scanned"
                            : Integer.toString(found.totals().unknown()));
            number(found == null ? "not scanned" : Long.toString(found.cveDays()));
            element("td", "", facts.shells().isEmpty() ? "gone" : String.join(", ", facts.shells()));
            element("td", "", facts.managers().isEmpty() ? "gone" : String.join(", ", facts.managers()));
            element("td", facts.root() ? "overdue" : "", facts.root() ? "root" : "not root");
            raw("</tr>");
        }
        raw("</tbody></table>");
    }

    private void diff(FileChange change) {
        raw("<details open><summary>")
                .text(change.path() + ": +" + change.lines('+') + " −" + change.lines('-'))
                .raw("</summary><pre>");
        SourceText.display(change.report().diff()).lines().forEach(line -> {
            String css = line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : line.startsWith("@") ? "at" : "";
            element("span", css, line).raw("\n");
        });
        raw("</pre></details>");
        for (FileChange.NewFile each : change.files()) {
            raw("<details><summary>")
                    .text(each.path() + ": new")
                    .raw("</summary><pre>")
                    .text(each.content())
                    .raw("</pre></details>");
        }
    }

    private void survey() {
        raw(
                "<section><h2>Images that the repository uses</h2><table><thead><tr><th>where</th><th>how</th><th>image</th>"
                        + "<th>in the catalogue</th></tr></thead><tbody>");
        for (Survey.Use each : report.survey().uses()) {
            raw("<tr>")
                    .element("td", "mono", each.file() + ":" + each.line())
                    .element("td", "", each.kind().words());
            element("td", "mono", each.image())
                    .element("td", "", each.hardened())
                    .raw("</tr>");
        }
        raw("</tbody></table>");
        element(
                "p",
                "meta",
                "Images that Compose files and manifests run are listed only: the path changes Dockerfiles.");
        raw("</section>\n");
    }

    private void notes() {
        raw("<section><h2>How to read this</h2><ul>");
        if (report.facts().isEmpty()) {
            element(
                    "li",
                    "",
                    "No vulnerability facts were at hand: nothing was scanned, which is not the same as nothing found.");
        }
        report.facts().forEach(each -> element("li", "", "Facts: " + each));
        element(
                "li",
                "",
                "fixable: an upgrade removes it. open: nobody has fixed it yet. unknown: packages of which the sources list fixed"
                        + " flaws only, so that open ones are not known.");
        element(
                "li",
                "",
                "CVE-days: each fixable finding times the days of the last year on which it was known, had the image stayed as it is.");
        element(
                "li",
                "",
                "Size is that of the files in the image, unpacked. Packages are those that a package database lists.");
        element(
                "li",
                "",
                "Each step begins with what the one before left, in a copy. A smoke test says that what it asks for works, no more.");
        raw("</ul></section>\n");
    }
}
