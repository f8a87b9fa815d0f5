package dev.cairn.cli;

import dev.cairn.sbom.Sbom;
import dev.cairn.scan.Matcher;
import dev.cairn.scan.Simulation;
import dev.cairn.scan.Trend;
import dev.cairn.scan.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `cairn simulate`: how images that nobody rebuilds would have aged.
final class SimulateCommand implements Command {
    static final String NAME = "simulate";
    private static final int STEP = 7;

    private final ScanOptions options = new ScanOptions();
    private final OptionSpec frozen = Spec.textBuilder("IMAGE", "The image or SBOM that nobody touches.", "--frozen")
            .required(true)
            .build();
    private final OptionSpec baseline =
            Spec.text("IMAGE", "Another one, frozen as well, to hold it against.", "--baseline");
    private final OptionSpec from = Spec.textBuilder("DATE", "The first day: 2024-04-01.", "--from")
            .required(true)
            .build();
    private final OptionSpec until = Spec.textBuilder("DATE", "The last day: 2026-08-01.", "--to")
            .required(true)
            .build();
    private final OptionSpec report = Spec.text("FILE", "Draw the curves: report.html.", "--report");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Show how a frozen image would have aged: fixable findings by day, with the facts at hand.",
                "cairn simulate --frozen app.cdx.json --from 2024-04-01 --to 2026-08-01",
                "cairn simulate --frozen slim.oci --baseline full.oci --from 2025-01-01 --to 2026-01-01 --report aging.html");
        return options.addInputsTo(spec.addOption(frozen)
                .addOption(baseline)
                .addOption(from)
                .addOption(until)
                .addOption(report));
    }

    @Override
    public int run(Session session) throws IOException {
        LocalDate first = day(from.getValue());
        LocalDate last = day(until.getValue());
        if (!first.isBefore(last)) {
            throw new CliException(CliException.Code.USAGE, "--from " + first + " is not before --to " + last);
        }
        Matcher matcher = options.matcher(session);
        List<Trend> trends = new ArrayList<>();
        String one = frozen.getValue();
        String other = baseline.getValue();
        trends.add(age(session, matcher, one, first, last));
        if (other != null) {
            trends.add(age(session, matcher, other, first, last));
            ratio(session.console().out(), trends.get(0), trends.get(1));
        }
        String file = report.getValue();
        if (file != null) {
            Report page = new Report(
                    "Aging",
                    List.of(),
                    null,
                    Report.FirstSeen.TODAY,
                    null,
                    trends,
                    Version.text().replace("cairn ", ""));
            ReportFormat.ofFile(Path.of(file)).write(page, Path.of(file));
        }
        return ExitCode.DONE;
    }

    private Trend age(Session session, Matcher matcher, String name, LocalDate first, LocalDate last)
            throws IOException {
        Sbom sbom = options.read(session, name).sbom();
        Simulation.Aged aged = new Simulation(matcher).age(sbom, options.branch(), name, first, last, STEP);
        Trend trend = aged.trend();
        PrintStream out = session.console().out();
        out.println(session.console().styled(Console.Style.BOLD, name) + ", frozen");
        out.println("  fixable    " + trend.first() + " on " + first + ", " + trend.last() + " on " + last);
        out.println("  CVE-days   " + trend.cveDays(last));
        if (aged.undated() > 0) {
            out.println("  left out   " + aged.undated() + " findings of which no source says since when");
        }
        return trend;
    }

    /// How much faster the baseline gathers findings; always told with the baseline's name.
    private static void ratio(PrintStream out, Trend frozen, Trend baseline) {
        int mine = frozen.last() - frozen.first();
        int theirs = baseline.last() - baseline.first();
        if (mine <= 0) {
            out.println("gathered " + mine + " against " + theirs + " of " + baseline.name() + ": no ratio");
            return;
        }
        long tenths = Math.round(10.0 * theirs / mine);
        out.println("gathered " + mine + "; " + baseline.name() + " gathered " + theirs + ": " + tenths / 10 + "."
                + tenths % 10 + " times as many");
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new CliException(CliException.Code.USAGE, "not a day: '" + text + "'\ntry: 2026-01-31");
        }
    }
}
