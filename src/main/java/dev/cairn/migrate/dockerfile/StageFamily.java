package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Choice;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.UpstreamImage;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.dockerfile.Lineage.Base;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stage that builds on an image and all that build on it.
final class StageFamily {
    private final Dockerfile file;
    private final Target target;
    private final Lineage lineage;
    private final Stage root;
    private final List<Stage> stages;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    StageFamily(Dockerfile file, Target target, Lineage lineage, Stage root) {
        this.file = file;
        this.target = target;
        this.lineage = lineage;
        this.root = root;
        this.stages = lineage.family(root);
    }

    List<Edit> edits() {
        return edits;
    }

    List<Finding> findings() {
        return findings;
    }

    void convert() {
        stages.forEach(this::copies);
        switch (lineage.base(root.index())) {
            case Base.Earlier earlier -> {}
            case Base.Unknown(String text) ->
                find(Reason.FROM_VARIABLE, "FROM " + text + ": the variable has no value here, or it is no reference");
            case Base.Image image -> {
                if (!target.isHardened(image.text())) {
                    image(image);
                }
            }
        }
    }

    private void image(Base.Image image) {
        switch (image.image()) {
            case UpstreamImage.Excluded(String why) -> {
                if (!why.equals("scratch")) {
                    find(Reason.WINDOWS, image.text() + " is an image for Windows");
                }
            }
            case UpstreamImage.Foreign foreign ->
                find(Reason.FOREIGN_IMAGE, image.text() + " is not known to the catalogue; it stays");
            case UpstreamImage.Known known -> known(image, known);
        }
    }

    private void known(Base.Image image, UpstreamImage.Known known) {
        Distribution from = known.distribution().orElseGet(this::distributionOfCalls);
        String php = phpVersion(known);
        Map<Integer, StageState> states = new HashMap<>();
        Map<Integer, Integer> runs = new HashMap<>();
        boolean commands = false;
        for (Stage stage : stages) {
            StageState state = new StageState(file.source(), target, from, stage);
            if (lineage.base(stage.index()) instanceof Base.Earlier(Stage parent)
                    && states.containsKey(parent.index())) {
                state.inherit(states.getOrDefault(parent.index(), state));
            }
            state.php = php;
            StageRewriter rewriter = new StageRewriter(state);
            rewriter.rewrite();
            states.put(stage.index(), state);
            runs.put(stage.index(), rewriter.runs());
            commands |= rewriter.runs() > 0 || hasTrigger(stage);
            findings.addAll(state.findings);
            edits.addAll(state.edits);
        }
        choose(image, known, commands);
        if (findings.stream().anyMatch(Finding::isRefusal)) {
            edits.clear();
            findings.removeIf(finding -> finding.reason().level() == Reason.Level.CHANGE);
            return;
        }
        UserEdits users = new UserEdits(file, lineage, runs, edits, findings);
        stages.forEach(users::edit);
        StartCommands starts = new StartCommands(file, lineage, known, commands || known.distroful(), edits, findings);
        stages.forEach(starts::edit);
    }

    /// Which PHP the catalogue's image has; null for an image that is not PHP's.
    private @Nullable String phpVersion(UpstreamImage.Known known) {
        if (!known.name().equals("php") && !known.name().startsWith("php-")) {
            return null;
        }
        String tag = target.catalogue().choose(known, true) instanceof Choice.Found found ? found.tag() : "";
        int end = 0;
        int dots = 0;
        while (end < tag.length() && (Character.isDigit(tag.charAt(end)) || tag.charAt(end) == '.')) {
            dots += tag.charAt(end) == '.' ? 1 : 0;
            if (dots == 2) {
                break;
            }
            end++;
        }
        return dots > 0 ? tag.substring(0, end) : "";
    }

    private void choose(Base.Image image, UpstreamImage.Known known, boolean dev) {
        switch (target.catalogue().choose(known, dev)) {
            case Choice.NoImage(String name) ->
                find(Reason.NO_IMAGE, image.text() + ": the catalogue has no image " + name);
            case Choice.NoVersion(String name, String wanted, List<String> nearest) ->
                find(
                        Reason.NO_VERSION,
                        image.text() + ": the catalogue's " + name + " has no " + wanted
                                + (nearest.isEmpty() ? "" : "; nearest: " + String.join(", ", nearest)));
            case Choice.Found(String name, String tag, boolean exact) -> {
                String repository = target.repository(name);
                Reason done = new ImageEditor(file, lineage.arguments(), edits, findings)
                        .write(root, repository, tag, !known.distroful());
                if (done == null) {
                    find(
                            Reason.FROM_VARIABLE,
                            "FROM " + root.image().value() + ": would be " + repository + ":" + tag
                                    + ", but the variable's value does not fit in it");
                    return;
                }
                find(done, image.text() + " is " + repository + ":" + tag + (exact ? "" : " (the same line)"));
                if (image.reference().digest() != null) {
                    find(Reason.DIGEST_DROPPED, image.text() + ": the digest was the old image's");
                }
            }
        }
    }

    private void copies(Stage stage) {
        for (Instruction instruction : stage.instructions()) {
            for (String from : Lineage.sources(instruction)) {
                if (!lineage.isStage(stage, from) && !target.isHardened(from)) {
                    findings.add(new Finding(
                            Reason.COPY_FROM_IMAGE,
                            file.line(instruction),
                            instruction.keyword().toUpperCase(Locale.ROOT) + " from=" + from + " is left as it is"));
                }
            }
        }
    }

    private static boolean hasTrigger(Stage stage) {
        return stage.instructions().stream()
                .anyMatch(i -> i.trigger() != null && i.trigger().is("run"));
    }

    /// Where the image does not say what it is built from, the package manager does.
    private Distribution distributionOfCalls() {
        for (Stage stage : stages) {
            for (Instruction run : stage.instructions()) {
                if (!run.is("run") || run.json()) {
                    continue;
                }
                if (RunScript.of(file.source(), run).read() instanceof Script.Reading.Understood(Script script)) {
                    for (Command.Simple command : Commands.in(script.commands())) {
                        ManagerCall call = ManagerCall.of(command);
                        if (call != null) {
                            return switch (call.manager().family()) {
                                case DEB -> Distribution.DEBIAN;
                                case RPM -> Distribution.RHEL;
                                case APK -> Distribution.ALPINE;
                            };
                        }
                    }
                }
            }
        }
        return Distribution.DEBIAN;
    }

    private void find(Reason reason, String message) {
        findings.add(new Finding(reason, file.line(root.from()), message));
    }
}
