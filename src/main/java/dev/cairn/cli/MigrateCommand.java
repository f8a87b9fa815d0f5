package dev.cairn.cli;

import dev.cairn.migrate.FileReport;
import dev.cairn.migrate.FileReport.Status;
import dev.cairn.migrate.FileReport.StepReport;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.DockerfileFolder;
import dev.cairn.migrate.dockerfile.DockerfileStep;
import dev.cairn.migrate.dockerfile.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn migrate`: all Dockerfiles of a folder, one small step at a time.
final class MigrateCommand implements Command {
    static final String NAME = "migrate";

    private final PositionalParamSpec folder =
            Spec.parameter(0, "FOLDER", "The folder, or one file (default: the working folder).", false);
    private final TargetOptions target = new TargetOptions();
    private final OptionSpec step =
            Spec.text("STEP", MigrationSteps.NAMES + " or all: show what it changes.", "--step");
    private final OptionSpec write = Spec.flag("Write the changes.", "-w", "--write");
    private final OptionSpec commit = Spec.flag("Write them, with a git commit for each file and step.", "--commit");
    private final TraceOptions trace = new TraceOptions();
    private final OptionSpec report = Spec.text("FILE", "Write a report: .html, .md, .json or .sarif.", "--report");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Take a folder's Dockerfiles to hardened images, step by step; without a step: the plan.",
                "cairn migrate .",
                "cairn migrate . --step base",
                "cairn migrate . --step base --commit --registry registry.example.org/hardened",
                "cairn migrate services/api --report plan.html",
                "cairn migrate services/api --step minimise --image api.oci --trace-for 30s");
        return target.addTo(trace.addTo(spec.addPositional(folder).addOption(step)))
                .addOption(write)
                .addOption(commit)
                .addOption(report);
    }

    @Override
    public int run(Session session) throws IOException {
        String given = folder.getValue();
        Path root = Path.of(given == null ? "." : given);
        if (!Files.exists(root)) {
            throw new CliException(CliException.Code.USAGE, "there is no " + root + "\ntry: cairn migrate FOLDER");
        }
        boolean commits = commit.getValue();
        boolean writes = commits || (boolean) write.getValue();
        String wanted = step.getValue();
        if (writes && wanted == null) {
            throw new CliException(CliException.Code.USAGE, "--write needs a step\ntry: --step base --write");
        }
        List<DockerfileStep> steps = MigrationSteps.named(wanted, target.target(session));
        List<FileReport> reports = new ArrayList<>();
        List<Path> files = DockerfileFolder.find(root);
        trace.collect(session, files, wanted);
        for (Path file : files) {
            reports.add(file(session, root, file, steps, writes, commits));
        }
        String reportFile = report.getValue();
        if (reportFile != null) {
            MigrationReports.write(Path.of(reportFile), reports);
        }
        tell(session, reports, wanted);
        boolean refused = reports.stream()
                .flatMap(each -> each.steps().stream())
                .flatMap(each -> each.findings().stream())
                .anyMatch(Finding::isRefusal);
        return refused ? ExitCode.NO : ExitCode.DONE;
    }

    private static FileReport file(
            Session session, Path root, Path file, List<DockerfileStep> steps, boolean writes, boolean commits)
            throws IOException {
        String path = shown(root, file);
        List<StepReport> reports = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(file);
        GitCommits git = commits ? new GitCommits(parent(file)) : null;
        if (git != null && !git.isClean(file)) {
            session.warn(path + " is left: git does not know it, or it has changes that are not committed");
            return new FileReport(path, List.of());
        }
        for (DockerfileStep each : steps) {
            StepResult result = each.of(file).apply(bytes);
            reports.add(new StepReport(each.id(), result.diff(path), result.findings()));
            if (writes && result.isChanged()) {
                write(file, result, each, path, git);
            }
            bytes = result.after().bytes();
        }
        return new FileReport(path, reports);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    private static void write(Path file, StepResult result, DockerfileStep step, String path, @Nullable GitCommits git)
            throws IOException {
        List<Path> written = new ArrayList<>(List.of(file));
        for (StepResult.NewFile each : result.files()) {
            Path beside = parent(file).resolve(each.name());
            Files.write(beside, each.content().getBytes(StandardCharsets.UTF_8));
            written.add(beside);
        }
        WrittenFile.replace(file, result.after().bytes());
        if (git != null) {
            git.commit(written, message(result, step, path));
        }
    }

    private static String message(StepResult result, DockerfileStep step, String path) {
        StringBuilder message =
                new StringBuilder(path).append(": ").append(step.purpose()).append("\n\n");
        for (Finding finding : result.findings()) {
            message.append("- line ").append(finding.line()).append(": ");
            message.append(SourceText.display(finding.message()))
                    .append(" [")
                    .append(finding.reason().id())
                    .append("]\n");
        }
        return message.toString();
    }

    private static String shown(Path root, Path file) {
        Path relative = root.equals(file) ? file : root.relativize(file);
        return relative.toString().replace('\\', '/');
    }

    private static void tell(Session session, List<FileReport> reports, @Nullable String wanted) {
        Console console = session.console();
        for (FileReport file : reports) {
            if (wanted == null) {
                console.out().println(console.styled(Console.Style.BOLD, file.path()));
            }
            for (StepReport each : file.steps()) {
                if (wanted == null) {
                    plan(console, each);
                } else {
                    byte[] diff = each.diff().getBytes(StandardCharsets.ISO_8859_1);
                    console.out().write(diff, 0, diff.length);
                    console.out().flush();
                    each.findings().forEach(finding -> finding(session, file.path(), finding));
                }
            }
        }
        if (reports.isEmpty()) {
            session.say("cairn: no Dockerfile was found");
        }
    }

    private static void plan(Console console, StepReport each) {
        String name = each.step() + " ".repeat(Math.max(1, 12 - each.step().length()));
        Console.Style style = switch (each.status()) {
            case DONE -> Console.Style.DIM;
            case READY -> Console.Style.GREEN;
            case PARTLY -> Console.Style.YELLOW;
            case BLOCKED -> Console.Style.RED;
        };
        String word = each.status().word();
        String summary = each.status() == Status.DONE ? "" : ": " + each.summary();
        console.out().println("  " + name + console.styled(style, word) + summary);
        for (Finding finding : each.findings()) {
            Reason.Level level = finding.reason().level();
            if (level == Reason.Level.NOTE || level == Reason.Level.REFUSED || finding.reason() == Reason.IMAGE) {
                console.out()
                        .println("    line " + finding.line() + " "
                                + finding.reason().id() + ": " + SourceText.display(finding.message()));
            }
        }
    }

    private static void finding(Session session, String path, Finding finding) {
        String line =
                path + ":" + finding.line() + ": " + finding.reason().level().word() + " ["
                        + finding.reason().id() + "] " + SourceText.display(finding.message());
        Reason.Level level = finding.reason().level();
        if (level == Reason.Level.REFUSED || level == Reason.Level.NOTE) {
            Console.Style style = level == Reason.Level.NOTE ? Console.Style.YELLOW : Console.Style.RED;
            session.console().err().println(session.console().errStyled(style, line));
        } else {
            session.say(line);
        }
    }
}
