package dev.cairn.scan.report;

import dev.cairn.advisory.Fact;
import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonWriter;
import dev.cairn.sbom.Component;
import dev.cairn.scan.Finding;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/// OpenVEX 0.2.0: what this scan and the decisions behind it say of each flaw in each package.
public final class VexReport {
    private final JsonWriter json = new JsonWriter();

    private VexReport() {}

    /// The document, in the name of this author.
    public static byte[] write(Report report, String author) {
        return new VexReport().document(report, author);
    }

    private byte[] document(Report report, String author) {
        StringBuilder all = new StringBuilder(author);
        report.rows()
                .forEach(row -> all.append('\n')
                        .append(row.finding().key())
                        .append(row.finding().status()));
        String id = Digest.of(all.toString().getBytes(StandardCharsets.UTF_8)).hex();
        json.string("@context", "https://openvex.dev/ns/v0.2.0");
        json.string("@id", "https://openvex.dev/docs/public/vex-" + id);
        json.string("author", author);
        json.string("timestamp", report.time().toString());
        json.number("version", 1);
        json.string("tooling", "cairn " + report.tool());
        json.array("statements");
        report.rows().forEach(this::statement);
        json.endArray();
        return json.finish();
    }

    private void statement(Report.Row row) {
        Finding finding = row.finding();
        json.object();
        json.object("vulnerability");
        json.string("name", finding.id());
        json.strings("aliases", finding.match().aliases());
        json.end();
        json.array("products");
        Set<String> purls = new LinkedHashSet<>();
        for (Component component : finding.components()) {
            if (component.purl() != null) {
                purls.add(component.purl().toString());
            }
        }
        for (String purl : purls) {
            json.object();
            json.string("@id", purl);
            json.end();
        }
        json.endArray();
        status(finding);
        json.end();
    }

    private void status(Finding finding) {
        Finding.Status status = finding.status();
        switch (status.state()) {
            case NOT_AFFECTED -> {
                json.string("status", "not_affected");
                json.optionalString("justification", status.justification().isEmpty() ? null : status.justification());
                json.string("impact_statement", status.reason());
            }
            case FIXED -> json.string("status", "fixed");
            case OPEN, ACCEPTED -> {
                boolean looking =
                        finding.match().fact().status() == Fact.Status.UNDER_INVESTIGATION || finding.isUndetermined();
                json.string("status", looking ? "under_investigation" : "affected");
                if (!looking) {
                    json.string(
                            "action_statement",
                            finding.isFixable()
                                    ? "upgrade " + finding.packageName() + " to " + finding.fixedIn()
                                    : "no fix is known yet");
                }
            }
        }
    }
}
