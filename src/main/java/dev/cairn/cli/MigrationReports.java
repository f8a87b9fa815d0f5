package dev.cairn.cli;

import dev.cairn.migrate.FileReport;
import dev.cairn.migrate.FileReport.StepReport;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.HtmlReport;
import dev.cairn.migrate.MarkdownReport;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes reports in the format that the file's name asks for. SARIF is 2.1.0, as code hosts show it beside the lines.
final class MigrationReports {
    private MigrationReports() {}

    static void write(Path file, List<FileReport> reports) throws IOException {
        String name = String.valueOf(file.getFileName());
        String text;
        if (name.endsWith(".html")) {
            text = HtmlReport.of(reports);
        } else if (name.endsWith(".md")) {
            text = MarkdownReport.of(reports);
        } else if (name.endsWith(".json")) {
            text = json(generator -> json(generator, reports));
        } else if (name.endsWith(".sarif")) {
            text = json(generator -> sarif(generator, reports));
        } else {
            throw new CliException(
                    CliException.Code.USAGE,
                    "no report format for " + name + "\ntry: a name in .html, .md, .json or .sarif");
        }
        if (Files.exists(file)) {
            WrittenFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } else {
            Files.writeString(file, text);
        }
    }

    private static String json(Json.Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        Json.print(out, content);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void json(JsonGenerator json, List<FileReport> reports) {
        json.writeStartObject();
        json.writeArrayPropertyStart("files");
        for (FileReport report : reports) {
            json.writeStartObject();
            json.writeStringProperty("file", report.path());
            json.writeArrayPropertyStart("steps");
            for (StepReport step : report.steps()) {
                json.writeStartObject();
                json.writeStringProperty("step", step.step());
                json.writeStringProperty("status", step.status().word());
                json.writeStringProperty("diff", SourceText.display(step.diff()));
                json.writeArrayPropertyStart("findings");
                step.findings().forEach(finding -> finding(json, finding));
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// One finding, as all JSON of these commands shows it.
    static void finding(JsonGenerator json, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("level", finding.reason().level().word());
        json.writeStringProperty("reason", finding.reason().id());
        json.writeNumberProperty("line", finding.line());
        json.writeStringProperty("message", SourceText.display(finding.message()));
        json.writeEndObject();
    }

    private static void sarif(JsonGenerator json, List<FileReport> reports) {
        json.writeStartObject();
        json.writeStringProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "cairn migrate");
        json.writeArrayPropertyStart("rules");
        for (Reason reason : Reason.values()) {
            json.writeStartObject();
            json.writeStringProperty("id", reason.id());
            json.writeObjectPropertyStart("shortDescription");
            json.writeStringProperty("text", reason.summary());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayPropertyStart("results");
        for (FileReport report : reports) {
            for (StepReport step : report.steps()) {
                step.findings().forEach(finding -> result(json, report.path(), finding));
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, String path, Finding finding) {
        String level = switch (finding.reason().level()) {
            case CHANGE, INFO -> "note";
            case NOTE -> "warning";
            case REFUSED -> "error";
        };
        json.writeStartObject();
        json.writeStringProperty("ruleId", finding.reason().id());
        json.writeStringProperty("level", level);
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("text", SourceText.display(finding.message()));
        json.writeEndObject();
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(path));
        json.writeEndObject();
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty("startLine", finding.line());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "/-_.~".indexOf(c) >= 0;
            if (plain) {
                uri.append(c);
            } else {
                uri.append('%').append("0123456789ABCDEF".charAt(c >> 4)).append("0123456789ABCDEF".charAt(c & 15));
            }
        }
        return uri.toString();
    }
}
