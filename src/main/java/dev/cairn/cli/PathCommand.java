package dev.cairn.cli;

import dev.cairn.catalog.Catalog;
import dev.cairn.mapping.CustomRows;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.PackageNames;
import dev.cairn.migrate.dockerfile.DockerfileStep;
import dev.cairn.migrate.dockerfile.Target;
import dev.cairn.path.Journey;
import dev.cairn.path.PathHtml;
import dev.cairn.path.PathReport;
import dev.cairn.path.PathStep;
import dev.cairn.path.StateReport;
import dev.cairn.path.Survey;
import dev.cairn.path.Surveyor;
import dev.cairn.path.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn path`: a repository from today's images to distroless, step by step, with evidence.
final class PathCommand implements Command {
    static final String NAME = "path";
    private static final String REGISTRY = "cairn.local/hardened";

    private final PositionalParamSpec folder =
            Spec.parameter(0, "FOLDER", "The repository (default: the working folder).", false);
    private final OptionSpec to = Spec.text("STEP", "How far: base, split, minimise or distroless (default).", "--to");
    private final RegistryPrefix registry = new RegistryPrefix();
    private final PathPlaces places = new PathPlaces();
    private final OptionSpec names =
            Spec.text("FILE", "Your own rows of package names, which win over the built-in ones.", "--names");
    private final OptionSpec write =
            Spec.flag("Write the changes into the repository, as far as --to.", "-w", "--write");
    private final PathTrial.Options trialOptions = new PathTrial.Options();
    private final OptionSpec noBuild = Spec.flag("Change files only: nothing is built, run or scanned.", "--no-build");
    private final OptionSpec discard = Spec.flag("Throw the work folder away, and do nothing else.", "--discard");
    private final OptionSpec reportFile = Spec.text("FILE", "Write the report as one HTML page.", "--report");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Walk a repository from today's images to distroless, step by step, on copies, with evidence.",
                "cairn path examples/storefront",
                "cairn path . --to base --write --registry registry.example.org/hardened",
                "cairn path . --discard");
        return trialOptions
                .addTo(places.addTo(spec.addPositional(folder).addOption(to).addOption(registry.spec())))
                .addOption(names)
                .addOption(write)
                .addOption(noBuild)
                .addOption(discard)
                .addOption(reportFile)
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        long start = System.nanoTime();
        boolean json = output.isJson();
        Path source = source(session);
        WorkFolder work = WorkFolder.at(places.work(session, source));
        if (discard.<Boolean>getValue()) {
            work.discard();
            session.say("cairn: threw away " + work.root());
            return ExitCode.DONE;
        }
        PathStep last = last();
        Catalog catalog = Catalog.read(places.catalog(session));
        Target target = target(session, catalog);
        Survey survey = Surveyor.survey(source, target.catalogue());
        if (survey.dockerfiles().isEmpty()) {
            throw new CliException(
                    CliException.Code.FAILED, "no Dockerfile was found in " + source + "\ntry: cairn path FOLDER");
        }
        PathLines lines = new PathLines(session);
        survey(lines, survey);
        List<String> leftOut = new ArrayList<>();
        Journey journey = new Journey(source, work, steps(target), lines);
        PathReport report;
        try (PathTrial trial = trial(session, source, work, target, catalog, lines, leftOut)) {
            List<StateReport> states = journey.walk(survey, last, trial.workbench());
            leftOut.addAll(trial.leftOut());
            report = new PathReport(
                    String.valueOf(source.getFileName()),
                    LocalDate.now(ZoneOffset.UTC),
                    survey,
                    states,
                    leftOut,
                    trial.standIns(),
                    trial.facts(),
                    trial.builder(),
                    (System.nanoTime() - start) / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(CliException.Code.FAILED, "interrupted; the same command goes on where it was");
        } finally {
            lines.done();
        }
        return tell(session, source, work, report, json);
    }

    private PathTrial trial(
            Session session,
            Path source,
            WorkFolder work,
            Target target,
            Catalog catalog,
            PathLines lines,
            List<String> leftOut)
            throws IOException, InterruptedException {
        if (noBuild.<Boolean>getValue()) {
            leftOut.add("images, smoke test and scan: --no-build was given");
            return PathTrial.NONE;
        }
        return PathTrial.open(session, trialOptions, source, work, target.registry(), catalog, lines);
    }

    private int tell(Session session, Path source, WorkFolder work, PathReport report, boolean json)
            throws IOException {
        if (json) {
            new PathJson(report).print(session.console().out());
        } else {
            new PathTable(report).print(session.console());
        }
        String page = reportFile.getValue();
        Path html = page == null ? work.root().resolve("report.html") : Path.of(page);
        Files.write(html, PathHtml.write(report, Version.number()));
        if (write.<Boolean>getValue()) {
            new PathWriting(session, source, work).write(report.states());
        }
        session.say(
                "the report is " + html + ", the steps are in " + work.root().resolve("steps"));
        return report.isRefused() ? ExitCode.NO : ExitCode.DONE;
    }

    private Path source(Session session) throws IOException {
        String given = folder.getValue();
        Path source = Path.of(given == null ? "." : given);
        if (!Files.isDirectory(source)) {
            throw new CliException(
                    CliException.Code.USAGE, "there is no folder " + source + "\ntry: cairn path FOLDER");
        }
        if (write.<Boolean>getValue() && !registry.isGiven(session)) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "--write needs to know where the hardened images will be pulled from\ntry: --registry registry.example.org/hardened");
        }
        return source.toRealPath();
    }

    private PathStep last() {
        String given = to.getValue();
        if (given == null) {
            return PathStep.DISTROLESS;
        }
        return PathStep.of(given)
                .orElseThrow(() -> new CliException(
                        CliException.Code.USAGE,
                        "no step '" + given + "'\ntry: --to base, split, minimise or distroless"));
    }

    private Target target(Session session, Catalog catalog) throws IOException {
        Distribution distribution = catalog.distribution()
                .orElseThrow(
                        () -> new CliException(
                                CliException.Code.FAILED,
                                catalog.folder()
                                        + ": its definitions are of several distributions, or of none\ntry: a catalogue of one"));
        String file = names.getValue();
        PackageNames packages = PackageNames.builtIn();
        packages = file == null ? packages : packages.withCustom(CustomRows.read(Path.of(file)));
        String prefix = registry.isGiven(session) ? registry.value(session) : REGISTRY;
        return new Target(prefix, distribution, catalog.names(), packages::outcome, catalog.folder());
    }

    private static Map<PathStep, DockerfileStep> steps(Target target) {
        Map<PathStep, DockerfileStep> steps = new EnumMap<>(PathStep.class);
        for (DockerfileStep each : MigrationSteps.named(null, target)) {
            PathStep.of(each.id()).ifPresent(step -> steps.put(step, each));
        }
        return steps;
    }

    private static void survey(PathLines lines, Survey survey) {
        List<String> uses = new ArrayList<>();
        int width = survey.uses().stream()
                .mapToInt(each -> each.file().length() + 5)
                .max()
                .orElse(0);
        for (Survey.Use each : survey.uses()) {
            String place = each.file() + ":" + each.line();
            uses.add(Text.row(
                    place, width, "", 0, each.image() + ", " + each.kind().words() + " → " + each.hardened()));
        }
        lines.surveyed(
                Text.count(survey.dockerfiles().size(), "Dockerfile") + ", "
                        + Text.count(survey.uses().size(), "use") + " of images",
                uses);
    }
}
