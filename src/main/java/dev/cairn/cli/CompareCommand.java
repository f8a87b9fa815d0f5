package dev.cairn.cli;

import dev.cairn.scan.Comparison;
import dev.cairn.scan.Finding;
import dev.cairn.scan.ScanResult;
import dev.cairn.scan.inventory.Traits;
import dev.cairn.scan.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn compare`: before and after.
final class CompareCommand implements Command {
    static final String NAME = "compare";
    private static final int SHOWN = 15;

    private final ScanOptions options = new ScanOptions();
    private final OptionSpec output = Spec.textBuilder("FORMAT", "text (the default) or json.", "-o", "--output")
            .initialValue("text")
            .build();
    private final OptionSpec to = Spec.text("FILE", "Write a report: .html or .xlsx.", "--to");
    private final OptionSpec failOnAdded =
            Spec.flag("Exit with 1 when the second one has findings that the first one has not.", "--fail-on-added");
    private final PositionalParamSpec before = Spec.parameter(0, "BEFORE", "The first image, as for cairn scan.", true);
    private final PositionalParamSpec after = Spec.parameter(1, "AFTER", "The second image.", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Compare two images: findings removed, added, kept; packages, size, shells, users, set-user-id files.",
                "cairn compare docker.io/library/redis:7 redis.oci",
                "cairn compare before.cdx.json after.oci --to comparison.html");
        return options.addTo(spec.addOption(output).addOption(to).addOption(failOnAdded))
                .addPositional(before)
                .addPositional(after);
    }

    @Override
    public int run(Session session) throws IOException {
        String first = before.getValue();
        String second = after.getValue();
        String form = output.getValue();
        if (!form.equals("text") && !form.equals("json")) {
            throw new CliException(
                    CliException.Code.USAGE, "no output format '" + form + "'\ntry: --output text or json");
        }
        ScanOptions.Scanned a = options.scan(session, first);
        ScanOptions.Scanned b = options.scan(session, second);
        Comparison comparison = Comparison.of(a.result(), b.result());
        String file = to.getValue();
        if (file != null) {
            Report report = new Report(
                    a.result().name() + " → " + b.result().name(),
                    List.of(a.result(), b.result()),
                    options.policy(),
                    Report.FirstSeen.TODAY,
                    comparison,
                    List.of(),
                    Version.text().replace("cairn ", ""));
            ReportFormat.ofFile(Path.of(file)).write(report, Path.of(file));
        }
        if (form.equals("json")) {
            printJson(session.console().out(), comparison);
        } else {
            printText(session.console(), comparison);
        }
        if (Boolean.TRUE.equals(failOnAdded.getValue()) && !comparison.added().isEmpty()) {
            return ExitCode.NO;
        }
        return a.isComplete() && b.isComplete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private static void printText(Console console, Comparison comparison) {
        PrintStream out = console.out();
        ScanResult a = comparison.before();
        ScanResult b = comparison.after();
        out.println(
                console.styled(Console.Style.BOLD, a.name()) + " → " + console.styled(Console.Style.BOLD, b.name()));
        out.println();
        row(out, "", "before", "after");
        row(out, "fixable", a.totals().fixable(), b.totals().fixable());
        row(out, "without a fix", open(a), open(b));
        row(out, "packages unknown", a.totals().unknown(), b.totals().unknown());
        row(out, "known exploited", a.totals().exploited(), b.totals().exploited());
        row(out, "packages", a.sbom().components().size(), b.sbom().components().size());
        row(out, "size", bytes(a), bytes(b));
        row(out, "runs as", value(a, Traits.USER), value(b, Traits.USER));
        row(out, "shells", count(a, Traits.SHELLS), count(b, Traits.SHELLS));
        row(out, "package managers", count(a, Traits.PACKAGE_MANAGERS), count(b, Traits.PACKAGE_MANAGERS));
        row(out, "set-user-id files", count(a, Traits.SETUID), count(b, Traits.SETUID));
        out.println();
        out.println(comparison.removed().size() + " removed, "
                + comparison.added().size() + " added, " + comparison.kept().size() + " kept");
        list(out, "removed", comparison.removed());
        list(out, "added", comparison.added());
        notes(console, a);
        notes(console, b);
    }

    private static void notes(Console console, ScanResult result) {
        result.notes()
                .forEach(note -> console.out()
                        .println(console.styled(Console.Style.DIM, "note: " + result.name() + ": " + note)));
    }

    private static void row(PrintStream out, String title, Object before, Object after) {
        String b = String.valueOf(before);
        String a = String.valueOf(after);
        out.println(title
                + " ".repeat(Math.max(1, 20 - title.length()))
                + b
                + " ".repeat(Math.max(1, 16 - b.length()))
                + a);
    }

    private static String open(ScanResult result) {
        return result.totals().knowsOpen() ? Integer.toString(result.totals().open()) : "not known";
    }

    private static String value(ScanResult result, String property) {
        return result.sbom().subject().properties().getOrDefault(property, "not known");
    }

    private static String bytes(ScanResult result) {
        String size = Comparison.property(result, Traits.SIZE);
        return size.isEmpty() ? "not known" : Text.bytes(Long.parseLong(size));
    }

    private static String count(ScanResult result, String property) {
        String text = value(result, property);
        return text.equals("not known") ? text : text.isEmpty() ? "none" : Integer.toString(text.split(" ", -1).length);
    }

    private static void list(PrintStream out, String title, List<Finding> findings) {
        for (Finding finding : findings.subList(0, Math.min(SHOWN, findings.size()))) {
            out.println("  " + title + "  " + finding.id() + "  " + finding.packageName() + " " + finding.version()
                    + "  " + finding.outlook());
        }
        if (findings.size() > SHOWN) {
            out.println("  " + title + "  and " + (findings.size() - SHOWN) + " more");
        }
    }

    private static void printJson(PrintStream out, Comparison comparison) {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("before", comparison.before().name());
            json.writeStringProperty("after", comparison.after().name());
            String[] names = {"removed", "added", "kept"};
            List<List<Finding>> lists = List.of(comparison.removed(), comparison.added(), comparison.kept());
            for (int i = 0; i < names.length; i++) {
                json.writeArrayPropertyStart(names[i]);
                for (Finding finding : lists.get(i)) {
                    json.writeStartObject();
                    json.writeStringProperty("id", finding.id());
                    json.writeStringProperty("package", finding.packageName());
                    json.writeStringProperty("version", finding.version());
                    json.writeStringProperty("fixedIn", finding.fixedIn());
                    json.writeStringProperty("severity", finding.severity().id());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }
}
