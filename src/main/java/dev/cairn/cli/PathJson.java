package dev.cairn.cli;

import dev.cairn.advisory.Severity;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.SourceText;
import dev.cairn.path.FileChange;
import dev.cairn.path.ImageFacts;
import dev.cairn.path.ImageReport;
import dev.cairn.path.PathReport;
import dev.cairn.path.SmokeReport;
import dev.cairn.path.StateReport;
import dev.cairn.path.Survey;
import dev.cairn.scan.StepEvidence;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// The path as one JSON document.
record PathJson(PathReport report) {
    void print(PrintStream out) {
        Json.print(out, this::write);
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("project", report.project());
        json.writeStringProperty("day", report.day().toString());
        json.writeNumberProperty("millis", report.millis());
        json.writeBooleanProperty("refused", report.isRefused());
        json.writeStringProperty("builder", report.builder());
        strings(json, "facts", report.facts());
        strings(json, "standIns", report.standIns());
        strings(json, "leftOut", report.leftOut());
        json.writeArrayPropertyStart("uses");
        for (Survey.Use each : report.survey().uses()) {
            json.writeStartObject();
            json.writeStringProperty("file", each.file());
            json.writeNumberProperty("line", each.line());
            json.writeStringProperty("kind", each.kind().name().toLowerCase(java.util.Locale.ROOT));
            json.writeStringProperty("image", each.image());
            json.writeStringProperty("hardened", each.hardened());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("steps");
        report.states().forEach(each -> state(json, each));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void state(JsonGenerator json, StateReport state) {
        json.writeStartObject();
        json.writeStringProperty("step", state.step().id());
        json.writeStringProperty("contention", state.step().contention());
        json.writeNumberProperty("refusals", state.refusals());
        json.writeArrayPropertyStart("files");
        for (FileChange each : state.files()) {
            json.writeStartObject();
            json.writeStringProperty("file", each.path());
            json.writeStringProperty("status", each.report().status().word());
            json.writeStringProperty("diff", SourceText.display(each.report().diff()));
            strings(
                    json,
                    "newFiles",
                    each.files().stream().map(FileChange.NewFile::path).toList());
            json.writeArrayPropertyStart("findings");
            for (Finding finding : each.report().findings()) {
                json.writeStartObject();
                json.writeStringProperty("reason", finding.reason().id());
                json.writeStringProperty("level", finding.reason().level().word());
                json.writeNumberProperty("line", finding.line());
                json.writeStringProperty("message", SourceText.display(finding.message()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("images");
        state.images().forEach(each -> image(json, each));
        json.writeEndArray();
        SmokeReport smoke = state.smoke();
        if (smoke != null) {
            json.writeObjectPropertyStart("smoke");
            json.writeBooleanProperty("passed", smoke.passed());
            json.writeStringProperty("words", smoke.words());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void image(JsonGenerator json, ImageReport image) {
        json.writeStartObject();
        json.writeStringProperty("file", image.file());
        ImageFacts facts = image.facts();
        json.writeBooleanProperty("built", facts != null);
        if (facts == null) {
            json.writeStringProperty("problem", image.problem());
        } else {
            json.writeStringProperty("digest", facts.digest());
            json.writeStringProperty("system", facts.system());
            json.writeNumberProperty("packages", facts.packages());
            json.writeNumberProperty("unpackedBytes", facts.size());
            strings(json, "shells", facts.shells());
            strings(json, "packageManagers", facts.managers());
            json.writeBooleanProperty("root", facts.root());
        }
        StepEvidence evidence = image.evidence();
        json.writeBooleanProperty("scanned", evidence != null);
        if (evidence != null) {
            json.writeNumberProperty("fixable", evidence.totals().fixable());
            json.writeNumberProperty("open", evidence.totals().open());
            json.writeNumberProperty("unknown", evidence.totals().unknown());
            json.writeNumberProperty("cveDays", evidence.cveDays());
            json.writeObjectPropertyStart("bySeverity");
            for (Map.Entry<Severity, StepEvidence.Count> each :
                    evidence.bySeverity().entrySet()) {
                json.writeObjectPropertyStart(each.getKey().id());
                json.writeNumberProperty("fixable", each.getValue().fixable());
                json.writeNumberProperty("open", each.getValue().open());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
