package dev.cairn.cli;

import dev.cairn.scan.History;
import dev.cairn.scan.ScanException;
import dev.cairn.scan.ScanResult;
import dev.cairn.scan.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn report`: the spreadsheet, or the page, about one image or many.
final class ReportCommand implements Command {
    static final String NAME = "report";

    private final ScanOptions options = new ScanOptions();
    private final OptionSpec to = Spec.textBuilder("FILE", "The report: .xlsx, .html, .csv, .json, .sarif.", "--to")
            .required(true)
            .build();
    private final OptionSpec title = Spec.text("TEXT", "The report's title.", "--title");
    private final PositionalParamSpec images =
            Spec.parameters(0, "IMAGE", "What to report on: as for cairn scan, several.", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Write a report for people who audit: a spreadsheet, or an HTML page that opens anywhere.",
                "cairn report redis.oci postgres.oci --to findings.xlsx --policy fedramp-rev5",
                "cairn report app.cdx.json --to report.html --title 'Release 1.2'");
        return options.addTo(spec.addOption(to).addOption(title)).addPositional(images);
    }

    @Override
    public int run(Session session) throws IOException {
        String fileName = to.getValue();
        Path file = Path.of(fileName);
        ReportFormat format = ReportFormat.ofFile(file);
        List<ScanResult> results = new ArrayList<>();
        boolean complete = true;
        String[] names = images.getValue();
        if (format == ReportFormat.CYCLONEDX && names.length > 1) {
            throw new CliException(
                    CliException.Code.USAGE, "a CycloneDX document is about one image, not " + names.length);
        }
        for (String name : names) {
            ScanOptions.Scanned scanned = options.scan(session, name);
            results.add(scanned.result());
            complete &= scanned.isComplete();
        }
        String given = title.getValue();
        Report report = new Report(
                given == null ? (names.length == 1 ? results.getFirst().name() : names.length + " images") : given,
                results,
                options.policy(),
                firstSeen(session, options),
                null,
                List.of(),
                Version.text().replace("cairn ", ""));
        format.write(report, file);
        session.say("cairn: " + Text.count(results.size(), "image") + ": " + file);
        return complete ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    /// Findings are as old as the first recorded scan of the image that already had them.
    static Report.FirstSeen firstSeen(Session session, ScanOptions options) throws IOException {
        History history = options.folder.history(session);
        Map<String, List<History.Entry>> rollouts = history.rollouts();
        if (rollouts.isEmpty()) {
            return Report.FirstSeen.TODAY;
        }
        Map<String, Map<String, LocalDate>> known = new HashMap<>();
        return (result, finding) -> {
            Map<String, LocalDate> days = known.computeIfAbsent(result.name(), name -> {
                try {
                    return days(history, rollouts.getOrDefault(name, List.of()), options, session);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            return days.getOrDefault(finding.key(), Report.FirstSeen.TODAY.of(result, finding));
        };
    }

    private static Map<String, LocalDate> days(
            History history, List<History.Entry> rollouts, ScanOptions options, Session session) throws IOException {
        Map<String, LocalDate> days = new HashMap<>();
        for (History.Entry entry : rollouts) {
            LocalDate day = LocalDate.ofInstant(entry.time(), ZoneOffset.UTC);
            try {
                options.scan(history.packages(entry), options.matcher(session))
                        .findings()
                        .forEach(finding -> days.putIfAbsent(finding.key(), day));
            } catch (ScanException e) {
                session.warn(entry.image() + " of " + day + ": " + e.getMessage());
            }
        }
        return days;
    }
}
