package dev.cairn.cli;

import dev.cairn.scan.FailOn;
import dev.cairn.scan.Finding;
import dev.cairn.scan.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn scan`: the known vulnerabilities of an image, offline.
final class ScanCommand implements Command {
    static final String NAME = "scan";

    private final ScanOptions options = new ScanOptions();
    private final OptionSpec output = Spec.textBuilder(
                    "FORMAT",
                    "table (the default), json, sarif, cyclonedx, openvex, csv, html or xlsx.",
                    "-o",
                    "--output")
            .build();
    private final OptionSpec to = Spec.text("FILE", "Write to FILE; its ending says the format.", "--to");
    private final OptionSpec failOn = Spec.text(
            "LIST",
            "Exit with 1 on findings: critical, high, medium, low, kev, fixable, any, epss>0.5; high,fixable means both.",
            "--fail-on");
    private final OptionSpec all = Spec.flag("List findings without a fix too, and those that do not count.", "--all");
    private final OptionSpec record =
            Spec.flag("Keep the result in the scan history, for cairn trend and first-seen days.", "--record");
    private final PositionalParamSpec image = Spec.parameter(
            0, "IMAGE", "Image reference, OCI layout, docker archive, root file system (folder, tar), or SBOM.", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Find the known vulnerabilities of an image or SBOM. Offline: the facts are those of the local database.",
                "cairn advisory update",
                "cairn scan redis.oci",
                "cairn scan registry.example.com/app:1.2 --fail-on high,kev --to findings.sarif",
                "cairn scan app.cdx.json --policy fedramp-rev5 --to report.html");
        return options.addTo(spec.addOption(output)
                        .addOption(to)
                        .addOption(failOn)
                        .addOption(all)
                        .addOption(record))
                .addPositional(image);
    }

    @Override
    public int run(Session session) throws IOException {
        String list = failOn.getValue();
        FailOn failing = list == null ? null : FailOn.parse(list);
        String file = to.getValue();
        ReportFormat format = format(file);
        String name = image.getValue();
        ScanOptions.Scanned scanned = options.scan(session, name);
        Report.FirstSeen firstSeen = ReportCommand.firstSeen(session, options);
        Report report = Report.of(
                scanned.result(), options.policy(), firstSeen, Version.text().replace("cairn ", ""));
        if (Boolean.TRUE.equals(record.getValue())) {
            options.folder.history(session).add(scanned.result());
        }
        if (file == null) {
            format.print(report, session.console(), Boolean.TRUE.equals(all.getValue()));
        } else {
            format.write(report, Path.of(file));
            session.say("cairn: " + scanned.result().totals().headline() + ": " + file);
        }
        List<Finding> bad =
                failing == null ? List.of() : failing.of(scanned.result().findings());
        if (!bad.isEmpty()) {
            session.say("cairn: " + Text.count(bad.size(), "finding") + " matched --fail-on " + list);
            return ExitCode.NO;
        }
        return scanned.isComplete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private ReportFormat format(@org.jspecify.annotations.Nullable String file) {
        String given = output.getValue();
        if (given != null) {
            return ReportFormat.parse(given);
        }
        return file == null ? ReportFormat.TABLE : ReportFormat.ofFile(Path.of(file));
    }
}
