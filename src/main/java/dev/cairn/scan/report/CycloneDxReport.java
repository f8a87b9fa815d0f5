package dev.cairn.scan.report;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Score;
import dev.cairn.oci.JsonWriter;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.Sbom;
import dev.cairn.scan.Finding;
import dev.cairn.scan.ScanResult;
import java.util.LinkedHashMap;
import java.util.Map;

/// CycloneDX 1.6 with `vulnerabilities`: the packages that have findings, and what is known of each.
public final class CycloneDxReport {
    private final JsonWriter json = new JsonWriter();

    private CycloneDxReport() {}

    /// The document; about one image.
    public static byte[] write(ScanResult result, String tool) {
        return new CycloneDxReport().document(result, tool);
    }

    private byte[] document(ScanResult result, String tool) {
        json.string("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.string("bomFormat", "CycloneDX");
        json.string("specVersion", "1.6");
        json.number("version", 1);
        json.object("metadata");
        json.string("timestamp", result.scannedAt().toString());
        json.object("tools");
        json.array("components");
        json.object();
        json.string("type", "application");
        json.string("name", "cairn");
        json.string("version", tool);
        json.end();
        json.endArray();
        json.end();
        subject(result);
        json.end();
        Map<String, Component> components = new LinkedHashMap<>();
        result.sbom().components().forEach(each -> components.putIfAbsent(each.id(), each));
        json.array("components");
        components.values().forEach(this::component);
        json.endArray();
        json.array("vulnerabilities");
        result.findings().forEach(this::vulnerability);
        json.endArray();
        return json.finish();
    }

    private void subject(ScanResult result) {
        Sbom.Subject subject = result.sbom().subject();
        json.object("component");
        json.string("type", "container");
        json.string("bom-ref", "subject");
        json.string("name", result.name());
        json.optionalString(
                "version", subject.digest() == null ? null : subject.digest().toString());
        json.end();
    }

    private void component(Component component) {
        json.object();
        json.string("type", "library");
        json.string("bom-ref", component.id());
        json.string("name", component.name());
        json.string("version", component.version());
        if (component.purl() != null) {
            json.string("purl", component.purl().toString());
        }
        json.end();
    }

    private void vulnerability(Finding finding) {
        json.object();
        json.string("id", finding.id());
        json.object("source");
        json.string("name", finding.match().feed().id() + " " + finding.target());
        json.end();
        json.array("references");
        for (String alias : finding.match().aliases()) {
            json.object();
            json.string("id", alias);
            json.object("source");
            json.string("name", alias.substring(0, Math.max(alias.indexOf('-'), 1)));
            json.end();
            json.end();
        }
        json.endArray();
        rating(finding);
        if (finding.isFixable()) {
            json.string("recommendation", "Upgrade " + finding.packageName() + " to " + finding.fixedIn());
        }
        if (finding.score().published() != Fact.NO_DAY) {
            json.string(
                    "published", java.time.LocalDate.ofEpochDay(finding.score().published()) + "T00:00:00Z");
        }
        analysis(finding);
        json.array("affects");
        for (Component component : finding.components()) {
            json.object();
            json.string("ref", component.id());
            json.end();
        }
        json.endArray();
        json.end();
    }

    private void rating(Finding finding) {
        Score score = finding.score();
        json.array("ratings");
        json.object();
        if (!Double.isNaN(score.cvss())) {
            json.decimal("score", score.cvss());
        }
        json.string("severity", severity(finding));
        if (score.vector().startsWith("CVSS:3")) {
            json.string("method", score.vector().startsWith("CVSS:3.0") ? "CVSSv3" : "CVSSv31");
            json.string("vector", score.vector());
        }
        json.end();
        json.endArray();
    }

    private static String severity(Finding finding) {
        return switch (finding.severity()) {
            case CRITICAL, HIGH, MEDIUM, LOW, UNKNOWN -> finding.severity().id();
            case NEGLIGIBLE -> "info";
        };
    }

    private void analysis(Finding finding) {
        Finding.Status status = finding.status();
        String state = switch (status.state()) {
            case OPEN -> finding.isUndetermined() ? "in_triage" : "exploitable";
            case ACCEPTED -> "exploitable";
            case NOT_AFFECTED -> "not_affected";
            case FIXED -> "resolved";
        };
        json.object("analysis");
        json.string("state", state);
        if (!status.reason().isEmpty()) {
            json.string("detail", status.reason());
        }
        json.end();
    }
}
