package dev.cairn.scan.report;

import dev.cairn.advisory.Severity;
import dev.cairn.oci.JsonWriter;
import dev.cairn.sbom.Component;
import dev.cairn.scan.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

/// SARIF 2.1.0, as code scanning services take it: a rule for each flaw, a result for each finding that counts.
public final class SarifReport {
    private final JsonWriter json = new JsonWriter();

    private SarifReport() {}

    /// The document.
    public static byte[] write(Report report) {
        return new SarifReport().document(report);
    }

    private byte[] document(Report report) {
        Map<String, Finding> rules = new LinkedHashMap<>();
        for (Report.Row row : report.rows()) {
            if (row.finding().counts()) {
                rules.putIfAbsent(row.finding().id(), row.finding());
            }
        }
        json.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.string("version", "2.1.0");
        json.array("runs");
        json.object();
        json.object("tool");
        json.object("driver");
        json.string("name", "Cairn");
        json.string("version", report.tool());
        json.array("rules");
        rules.values().forEach(this::rule);
        json.endArray();
        json.end();
        json.end();
        json.array("results");
        for (Report.Row row : report.rows()) {
            if (row.finding().counts()) {
                result(row);
            }
        }
        json.endArray();
        json.end();
        json.endArray();
        return json.finish();
    }

    private void rule(Finding finding) {
        json.object();
        json.string("id", finding.id());
        text("shortDescription", finding.id() + " in " + finding.packageName());
        if (finding.id().startsWith("CVE-")) {
            json.string("helpUri", "https://www.cve.org/CVERecord?id=" + finding.id());
        }
        json.object("properties");
        double score = finding.score().cvss();
        json.string("security-severity", Double.toString(Double.isNaN(score) ? guess(finding.severity()) : score));
        json.strings(
                "tags",
                java.util.List.of(
                        "vulnerability", "security", finding.severity().id()));
        json.end();
        json.end();
    }

    /// Code scanning services sort by a number: the middle of the severity's range where no score is known.
    private static double guess(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 9.5;
            case HIGH -> 8;
            case MEDIUM -> 5.5;
            case LOW -> 2;
            case NEGLIGIBLE, UNKNOWN -> 0;
        };
    }

    private void result(Report.Row row) {
        Finding finding = row.finding();
        json.object();
        json.string("ruleId", finding.id());
        json.string("level", level(finding.severity()));
        text(
                "message",
                finding.packageName() + " " + finding.version() + " in "
                        + row.result().name() + ": " + finding.id() + ", " + finding.outlook());
        json.array("locations");
        json.object();
        json.object("physicalLocation");
        json.object("artifactLocation");
        json.string("uri", place(finding));
        json.end();
        json.end();
        json.end();
        json.endArray();
        json.object("partialFingerprints");
        json.string("cairnFinding/v1", finding.key());
        json.end();
        json.end();
    }

    private static String place(Finding finding) {
        for (Component component : finding.components()) {
            for (Component.Location location : component.locations()) {
                String path = location.path();
                return path.startsWith("/") ? path.substring(1) : path;
            }
        }
        return finding.packageName();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, NEGLIGIBLE, UNKNOWN -> "note";
        };
    }

    private void text(String name, String text) {
        json.object(name);
        json.string("text", text);
        json.end();
    }
}
