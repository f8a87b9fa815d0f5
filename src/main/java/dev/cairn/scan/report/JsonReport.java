package dev.cairn.scan.report;

import dev.cairn.advisory.Severity;
import dev.cairn.oci.JsonWriter;
import dev.cairn.scan.Finding;
import dev.cairn.scan.ScanResult;
import dev.cairn.scan.Totals;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Everything, for programs: `{schema, tool, images: [{name, digest, totals, findings: […], notes}]}`.
public final class JsonReport {
    private final JsonWriter json = new JsonWriter();

    private JsonReport() {}

    /// The document.
    public static byte[] write(Report report) {
        return new JsonReport().document(report);
    }

    private byte[] document(Report report) {
        json.string("schema", "cairn-scan-1");
        json.string("tool", report.tool());
        json.array("images");
        for (ScanResult result : report.results()) {
            json.object();
            image(result);
            json.array("findings");
            report.rows(result).forEach(this::finding);
            json.endArray();
            json.end();
        }
        json.endArray();
        return json.finish();
    }

    private void image(ScanResult result) {
        json.string("name", result.name());
        json.optionalString("digest", text(result.sbom().subject().digest()));
        json.optionalString("branch", text(result.basis().used()));
        json.bool("branchOverridden", result.basis().isOverridden());
        json.string("database", result.databaseDigest().toString());
        json.string("databaseBuilt", result.databaseBuilt().toString());
        json.string("scannedAt", result.scannedAt().toString());
        json.bool("complete", !result.incomplete());
        json.number("packages", result.sbom().components().size());
        totals(result.totals());
        ScanResult.EndOfLife ended = result.endOfLife();
        if (ended != null) {
            json.object("endOfLife");
            json.string("branch", ended.branch().name());
            LocalDate last = ended.branch().longTermEnd() == null
                    ? ended.branch().end()
                    : ended.branch().longTermEnd();
            json.optionalString("ended", text(last));
            json.string("source", ended.branch().source());
            if (ended.fixedSince() >= 0) {
                json.number("fixedUpstreamAtLeast", ended.fixedSince());
            }
            json.end();
        }
        json.strings("notes", result.notes());
    }

    private void totals(Totals totals) {
        json.object("totals");
        json.number("fixable", totals.fixable());
        json.number(totals.unknown() == 0 ? "open" : "openAtLeast", totals.open());
        json.number("unknownPackages", totals.unknown());
        json.number("headersOnly", totals.headers());
        json.number("suppressed", totals.suppressed());
        json.number("knownExploited", totals.exploited());
        json.object("bySeverity");
        for (Severity severity : Severity.values()) {
            json.number(severity.id(), totals.of(severity));
        }
        json.end();
        json.end();
    }

    private void finding(Report.Row row) {
        Finding finding = row.finding();
        json.object();
        json.string("id", finding.id());
        json.strings("aliases", finding.match().aliases());
        json.string("package", finding.packageName());
        json.string("version", finding.version());
        json.string("fixedIn", finding.fixedIn());
        json.string("outlook", finding.outlook());
        json.string("severity", finding.severity().id());
        json.string("severitySource", finding.severitySource());
        decimal("cvss", finding.score().cvss());
        json.string("cvssVector", finding.score().vector());
        decimal("epss", finding.score().epss());
        json.bool("knownExploited", finding.score().isKnownExploited());
        json.string("class", finding.category().name().toLowerCase(java.util.Locale.ROOT));
        json.string("status", finding.status().state().title());
        json.optionalString(
                "reason",
                finding.status().reason().isEmpty() ? null : finding.status().reason());
        String author = finding.status().author();
        json.optionalString("decidedBy", author.isEmpty() ? null : author);
        String justification = finding.status().justification();
        json.optionalString("justification", justification.isEmpty() ? null : justification);
        json.string("firstSeen", row.firstSeen().toString());
        json.optionalString("due", row.due() == null ? null : row.due().day().toString());
        json.optionalString("dueRule", row.due() == null ? null : row.due().rule());
        json.array("packages");
        finding.components().forEach(component -> {
            json.object();
            json.optionalString("purl", text(component.purl()));
            json.strings(
                    "paths", component.locations().stream().map(l -> l.path()).toList());
            json.end();
        });
        json.endArray();
        json.object("fact");
        json.string("feed", finding.match().feed().id());
        json.string("about", finding.target().toString());
        json.string("rule", finding.match().because());
        json.end();
        json.end();
    }

    private void decimal(String name, double value) {
        if (!Double.isNaN(value)) {
            json.decimal(name, value);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
