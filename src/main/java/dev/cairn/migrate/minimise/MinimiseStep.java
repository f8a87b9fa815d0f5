package dev.cairn.migrate.minimise;

import dev.cairn.mapping.Distribution;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.DockerfileStep;
import dev.cairn.migrate.dockerfile.InstallLines;
import dev.cairn.migrate.dockerfile.InstallLines.Name;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.migrate.dockerfile.StageImage;
import dev.cairn.migrate.dockerfile.StepResult;
import dev.cairn.migrate.dockerfile.Target;
import dev.cairn.migrate.split.ProjectFiles;
import dev.cairn.migrate.split.StageWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The step `minimise`: of the packages that the last stage installs, those stay for which there is evidence; packages
/// for development become their libraries; what only builds or fetches goes. What is not known stays, and is told.
public final class MinimiseStep implements DockerfileStep {
    private final Target target;
    private final ProjectFiles project;
    private final RunEvidence.Reading evidence;

    /// The step for files whose project is not known.
    public MinimiseStep(Target target) {
        this(target, ProjectFiles.unknown());
    }

    /// The step for files of a project.
    public MinimiseStep(Target target, ProjectFiles project) {
        this(target, project, RunEvidence.none());
    }

    /// The step for files of a project whose image has run.
    public MinimiseStep(Target target, ProjectFiles project, RunEvidence evidence) {
        this(target, project, new RunEvidence.Reading.Read(evidence));
    }

    private MinimiseStep(Target target, ProjectFiles project, RunEvidence.Reading evidence) {
        this.target = target;
        this.project = project;
        this.evidence = evidence;
    }

    @Override
    public String id() {
        return "minimise";
    }

    @Override
    public String purpose() {
        return "install only what runs";
    }

    @Override
    public DockerfileStep in(Path folder) {
        return new MinimiseStep(target, new Surroundings(ProjectFiles.in(folder), folder));
    }

    /// With the evidence that lies beside the Dockerfile.
    @Override
    public DockerfileStep of(Path dockerfile) {
        Path parent = dockerfile.toAbsolutePath().getParent();
        ProjectFiles files = parent == null ? project : new Surroundings(ProjectFiles.in(parent), parent);
        return new MinimiseStep(target, files, beside(dockerfile));
    }

    /// The packages that a Dockerfile's last stage installs by name.
    public static Set<String> packages(byte[] dockerfile) {
        Set<String> names = new TreeSet<>();
        if (Dockerfile.read(dockerfile) instanceof Dockerfile.Reading.Read(Dockerfile file)) {
            List<Stage> stages = Stage.of(file);
            if (!stages.isEmpty()) {
                InstallLines.of(file, stages.getLast()).names().forEach(each -> names.add(each.name()));
            }
        }
        names.remove("");
        return names;
    }

    /// What the file of evidence beside a Dockerfile says; nothing where there is none.
    public static RunEvidence.Reading beside(Path dockerfile) {
        Path file = dockerfile.resolveSibling(dockerfile.getFileName() + RunEvidence.SUFFIX);
        try {
            return Files.isRegularFile(file)
                    ? RunEvidence.read(Files.readAllBytes(file))
                    : new RunEvidence.Reading.Read(RunEvidence.none());
        } catch (IOException e) {
            return new RunEvidence.Reading.Refused(1, "it cannot be read");
        }
    }

    @Override
    public StepResult apply(byte[] bytes) {
        return switch (Dockerfile.read(bytes)) {
            case Dockerfile.Reading.Refused refused -> StepResult.unreadable(SourceText.of(bytes), refused);
            case Dockerfile.Reading.Read(Dockerfile file) ->
                switch (evidence) {
                    case RunEvidence.Reading.Read(RunEvidence read) -> apply(file, read);
                    case RunEvidence.Reading.Refused(int line, String problem) ->
                        StepResult.of(
                                file.source(),
                                List.of(),
                                List.of(new Finding(
                                        Reason.MINIMISE_EVIDENCE,
                                        1,
                                        "line " + line + " of the evidence beside it: " + problem)));
                };
        };
    }

    private StepResult apply(Dockerfile file, RunEvidence seen) {
        List<Stage> stages = Stage.of(file);
        InstallLines lines = stages.isEmpty() ? null : InstallLines.of(file, stages.getLast());
        if (lines == null || lines.names().isEmpty()) {
            return StepResult.of(file.source(), List.of(), List.of());
        }
        Stage stage = stages.getLast();
        String image = StageImage.of(file, stage).orElse("");
        List<StageWork.Command> work = StageWork.of(file, stage);
        List<StartText> starts = StartText.of(file);
        ProjectText text = new ProjectText(project);
        List<Verdict> verdicts = new ArrayList<>();
        for (Name each : lines.names()) {
            Distribution distribution = BaseImage.distribution(image, each.family(), target);
            String release = BaseImage.release(image, distribution, target);
            verdicts.add(new Judge(distribution, release, starts, work, text, seen).judge(each));
        }
        verdicts = withoutDoubles(verdicts);
        if (verdicts.stream().anyMatch(each -> each.kind() != Verdict.Kind.KEEP)
                && mayBeForBuilding(stage, starts, seen)) {
            int line = file.source().line(lines.names().getFirst().offset());
            Finding told = new Finding(Reason.MINIMISE_NO_BUILDER, line, Reason.MINIMISE_NO_BUILDER.summary());
            return StepResult.of(file.source(), List.of(), List.of(told));
        }
        Finding refusal = verdicts.stream().anyMatch(Verdict::changes) ? refusal(verdicts, work) : null;
        if (refusal != null) {
            return StepResult.of(file.source(), List.of(), List.of(refusal));
        }
        return result(file, lines, verdicts);
    }

    /// Whether tools may be what the stage is for: it takes nothing from a builder, or is named like one for
    /// developers,
    /// and no run has shown otherwise.
    private static boolean mayBeForBuilding(Stage stage, List<StartText> starts, RunEvidence seen) {
        boolean takes = stage.instructions().stream().anyMatch(each -> each.is("copy") && each.flag("from") != null);
        String name = stage.name() == null ? "" : stage.name().value().toLowerCase(Locale.ROOT);
        boolean forPeople = Stream.of("dev", "test", "debug", "build", "ci").anyMatch(name::contains);
        return (!takes || forPeople || starts.isEmpty()) && seen.runs().isEmpty();
    }

    /// What another line or word installs already is not written again.
    private static List<Verdict> withoutDoubles(List<Verdict> verdicts) {
        Set<String> there = new HashSet<>();
        verdicts.stream()
                .filter(each -> !each.changes())
                .forEach(each -> there.add(each.name().name()));
        List<Verdict> result = new ArrayList<>();
        for (Verdict each : verdicts) {
            List<String> instead = each.instead().stream().filter(there::add).toList();
            boolean all = each.kind() == Verdict.Kind.REPLACE && instead.isEmpty();
            String evidence = all ? String.join(" ", each.instead()) + " is installed already" : each.evidence();
            result.add(each.changes() ? Verdict.instead(each.name(), instead, evidence) : each);
        }
        return result;
    }

    /// Why the stage needs what would go: it builds, or does what is not known.
    private static @Nullable Finding refusal(List<Verdict> verdicts, List<StageWork.Command> work) {
        for (StageWork.Command each : work) {
            String what = each.name().isEmpty() ? "" : SourceText.chars(each.name()) + ": ";
            switch (each.kind()) {
                case PLAIN -> {}
                case BUILDS -> {
                    return new Finding(Reason.MINIMISE_BUILDS, each.line(), what + Reason.MINIMISE_BUILDS.summary());
                }
                case UNREADABLE -> {
                    return new Finding(Reason.MINIMISE_UNREADABLE, each.line(), Reason.MINIMISE_UNREADABLE.summary());
                }
                case FOREIGN -> {
                    boolean installed = verdicts.stream()
                            .anyMatch(v -> !v.changes() && v.evidence().contains("calls " + each.name() + ";"));
                    if (!installed) {
                        return new Finding(
                                Reason.MINIMISE_FOREIGN_COMMAND,
                                each.line(),
                                what + Reason.MINIMISE_FOREIGN_COMMAND.summary());
                    }
                }
            }
        }
        return null;
    }

    private static StepResult result(Dockerfile file, InstallLines lines, List<Verdict> verdicts) {
        Map<Name, List<String>> replacements = new HashMap<>();
        verdicts.stream().filter(Verdict::changes).forEach(each -> replacements.put(each.name(), each.instead()));
        InstallLines.Change change = lines.change(replacements);
        List<Finding> findings = new ArrayList<>();
        for (Verdict each : verdicts) {
            int line = file.source().line(each.name().offset());
            if (change.left().contains(each.name()) && each.changes()) {
                findings.add(new Finding(
                        Reason.MINIMISE_CONTROL_FLOW, line, each.name().word() + " could go: " + each.evidence()));
            } else {
                findings.add(finding(each, line));
            }
        }
        return StepResult.of(file.source(), change.edits(), findings);
    }

    private static Finding finding(Verdict verdict, int line) {
        String word = verdict.name().word();
        String evidence = SourceText.chars(verdict.evidence());
        return switch (verdict.kind()) {
            case KEEP -> new Finding(Reason.MINIMISE_KEPT, line, word + " stays: " + evidence);
            case UNKNOWN -> new Finding(Reason.MINIMISE_UNKNOWN, line, word + " stays: " + evidence);
            case DROP -> new Finding(Reason.MINIMISE_DROPPED, line, word + " goes: " + evidence);
            case REPLACE ->
                new Finding(
                        Reason.MINIMISE_RUNTIME,
                        line,
                        word + " became " + String.join(" ", verdict.instead()) + ": " + evidence);
        };
    }
}
