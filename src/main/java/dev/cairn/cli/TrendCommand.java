package dev.cairn.cli;

import dev.cairn.scan.History;
import dev.cairn.scan.Matcher;
import dev.cairn.scan.Replay;
import dev.cairn.scan.Trend;
import dev.cairn.scan.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn trend`: what the scan history shows, replayed with the facts of today.
final class TrendCommand implements Command {
    static final String NAME = "trend";

    private final ScanOptions options = new ScanOptions();
    private final OptionSpec to = Spec.text("FILE", "Write curves and CVE-days as a page: report.html.", "--to");
    private final PositionalParamSpec images =
            Spec.parameters(0, "IMAGE", "Names of recorded images (default: all of them).", false);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Show fixable findings over time, CVE-days by quarter, and time to patch, from the scan history.",
                "cairn scan redis.oci --record",
                "cairn trend",
                "cairn trend redis.oci --to trend.html");
        return spec.addOption(to).addOption(options.folder.spec()).addPositional(images);
    }

    @Override
    public int run(Session session) throws IOException {
        String[] wanted = images.getValue();
        Matcher matcher = options.matcher(session);
        History history = options.folder.history(session);
        LocalDate today = LocalDate.now(Clock.systemUTC());
        List<Trend> trends = new ArrayList<>();
        Map<String, List<History.Entry>> all = history.rollouts();
        for (Map.Entry<String, List<History.Entry>> each : all.entrySet()) {
            if (wanted.length == 0 || List.of(wanted).contains(each.getKey())) {
                Replay.Result result = new Replay(matcher).replay(history, each.getKey(), each.getValue(), today);
                trends.add(result.trend());
                print(session.console(), each.getKey(), each.getValue().size(), result, today);
            }
        }
        if (trends.isEmpty()) {
            session.say("cairn: the scan history has " + (all.isEmpty() ? "no scans" : "no such image")
                    + "\ntry: cairn scan IMAGE --record");
            return ExitCode.NO;
        }
        String file = to.getValue();
        if (file != null) {
            Report report = new Report(
                    "Trend",
                    List.of(),
                    null,
                    Report.FirstSeen.TODAY,
                    null,
                    trends,
                    Version.text().replace("cairn ", ""));
            ReportFormat.ofFile(Path.of(file)).write(report, Path.of(file));
            session.say("cairn: " + file);
        }
        return ExitCode.DONE;
    }

    private static void print(Console console, String image, int rollouts, Replay.Result result, LocalDate today) {
        PrintStream out = console.out();
        Trend trend = result.trend();
        out.println(console.styled(Console.Style.BOLD, image) + "  " + Text.count(rollouts, "rollout"));
        out.println("  fixable        " + trend.first() + " at first, " + trend.peak() + " at most, " + trend.last()
                + " now");
        trend.cveDaysByQuarter(today)
                .forEach((quarter, days) -> out.println("  " + quarter + "        " + days + " CVE-days"
                        + (result.forced().containsKey(quarter)
                                ? ", " + result.forced().get(quarter) + " rollouts that fixes forced"
                                : "")));
        if (!result.daysToPatch().isEmpty()) {
            out.println("  time to patch  " + result.percentile(0.5) + " days (median), " + result.percentile(0.9)
                    + " (90%), " + result.percentile(1) + " (longest), of "
                    + result.daysToPatch().size() + " patched");
        }
        if (!result.open().isEmpty()) {
            long oldest =
                    result.open().stream().mapToLong(Long::longValue).max().orElse(0);
            out.println("  still open     " + result.open().size() + ", the oldest for " + oldest + " days");
        }
        if (result.undated() > 0) {
            out.println("  left out       " + result.undated() + " findings of which no source says since when");
        }
    }
}
