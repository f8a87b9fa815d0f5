package dev.cairn.migrate.split;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Edits;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.migrate.split.Placement.Place;
import dev.cairn.migrate.split.Placement.Placed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Splits a file of one stage into a builder and a runtime. The builder stays what it was, less what only a container
/// needs; the runtime comes behind it, with the same shell and package manager: what it no longer needs is the next
/// steps' matter. What is not understood for certain is refused.
public final class Splitter {
    private static final String BUILDER = "builder";
    private static final Set<String> KEYWORDS = Set.of("FROM", "RUN", "COPY", "ENV");

    private final RuntimeImages images;

    /// @param images chooses the runtime's base
    public Splitter(RuntimeImages images) {
        this.images = images;
    }

    /// Plans the split. Nothing is thrown, whatever the file holds.
    ///
    /// @param file the file
    /// @param project what lies in its build context
    public Split split(Dockerfile file, ProjectFiles project) {
        try {
            List<Stage> stages = Stage.of(file);
            if (stages.size() != 1) {
                int offset = stages.isEmpty() ? 0 : stages.get(1).from().range().start();
                throw new Refusal(stages.isEmpty() ? Reason.SPLIT_NO_STAGE : Reason.SPLIT_MANY_STAGES, offset, "");
            }
            return split(Scene.of(file, checked(stages.getFirst()), project));
        } catch (Refusal refusal) {
            int line =
                    file.source().line(Math.min(refusal.offset(), file.source().length()));
            return new Split.Refused(refusal.reason(), line, SourceText.display(refusal.subject()));
        }
    }

    private static Stage checked(Stage stage) throws Refusal {
        int start = stage.from().range().start();
        if (stage.image().value().equals("scratch")) {
            throw new Refusal(Reason.SPLIT_FROM_SCRATCH, start, "scratch");
        }
        String platform = stage.from().flag("platform");
        if (platform != null && platform.indexOf('$') >= 0) {
            throw new Refusal(Reason.SPLIT_CROSS_BUILD, start, platform);
        }
        return stage;
    }

    private Split split(Scene scene) throws Refusal {
        Toolchain toolchain = toolchain(scene);
        checkCommands(scene);
        Outputs outputs = outputs(scene, toolchain);
        List<Placed> placed = Placement.of(scene, toolchain, outputs);
        List<String> notes = new ArrayList<>(outputs.notes());
        Optional<String> image = images.runtime(toolchain, scene.image());
        if (image.isEmpty() && !toolchain.isInterpreted()) {
            notes.add("The runtime keeps the builder's base, because no smaller one is known to fit.");
        }
        String builder =
                scene.stage().name() == null ? BUILDER : scene.stage().name().value();
        String base = image.orElse(SourceText.display(scene.stage().image().value()));
        List<String> runtime = new RuntimeStage(scene, outputs, builder).lines(placed, base);
        return new Split.Done(toolchain, edits(scene, placed, outputs, runtime), notes);
    }

    /// What is not known is fine before the program comes: both stages then do the same.
    private static void checkCommands(Scene scene) throws Refusal {
        for (Step step : scene.steps()) {
            RunText run = step.run();
            if (run == null
                    || (scene.isBeforeProgram(step) && run.commands().stream().noneMatch(Splitter::fetchesSources))) {
                continue;
            }
            for (BuildCommand each : run.commands()) {
                if (each.kind() == CommandKind.COMPILE) {
                    throw new Refusal(Reason.SPLIT_COMPILED_BY_HAND, run.offset(each), each.name());
                }
                if (each.kind() == CommandKind.FOREIGN) {
                    throw new Refusal(Reason.SPLIT_FOREIGN_COMMAND, run.offset(each), each.name());
                }
            }
        }
    }

    private static boolean fetchesSources(BuildCommand command) {
        return Set.of("git", "svn", "hg").contains(command.name());
    }

    private static Toolchain toolchain(Scene scene) throws Refusal {
        Set<Toolchain> found = EnumSet.noneOf(Toolchain.class);
        for (RunText run : scene.runs()) {
            found.addAll(run.toolchains());
        }
        if (found.isEmpty()) {
            checkNotByHand(scene);
            throw new Refusal(
                    Reason.SPLIT_NOTHING_BUILT, scene.stage().from().range().start(), "");
        }
        if (found.size() > 1) {
            throw new Refusal(Reason.SPLIT_SEVERAL_TOOLCHAINS, scene.firstTool().offset(), found.toString());
        }
        Toolchain toolchain = found.iterator().next();
        boolean own = toolchain.hasImage(Places.imageName(scene.image()));
        boolean anyBase = toolchain == Toolchain.NODE || toolchain == Toolchain.PHP;
        if (!own && !anyBase) {
            throw new Refusal(
                    Reason.SPLIT_TOOLCHAIN_FROM_PACKAGES,
                    scene.stage().from().range().start(),
                    scene.image());
        }
        return toolchain;
    }

    /// What make and a compiler build is built, too; where it goes is not known.
    private static void checkNotByHand(Scene scene) throws Refusal {
        for (RunText run : scene.runs()) {
            for (BuildCommand each : run.commands()) {
                if (each.kind() == CommandKind.COMPILE) {
                    throw new Refusal(Reason.SPLIT_COMPILED_BY_HAND, run.offset(each), each.name());
                }
            }
        }
    }

    private static Outputs outputs(Scene scene, Toolchain toolchain) throws Refusal {
        InterpretedOutputs interpreted = new InterpretedOutputs(scene);
        CompiledOutputs compiled = new CompiledOutputs(scene);
        return switch (toolchain) {
            case GO -> compiled.go();
            case RUST -> compiled.rust();
            case JAVA -> compiled.java();
            case DOTNET -> compiled.dotnet();
            case NODE -> interpreted.node();
            case PYTHON -> interpreted.python();
            case RUBY -> interpreted.ruby();
            case PHP -> interpreted.php();
        };
    }

    private static Edits edits(Scene scene, List<Placed> placed, Outputs outputs, List<String> runtime) {
        SourceText source = scene.file().source();
        String newline = source.chars().contains("\r\n") ? "\r\n" : "\n";
        boolean lower = source.slice(scene.stage().from().keywordRange()).equals("from");
        List<Edit> edits = new ArrayList<>();
        Stage stage = scene.stage();
        if (stage.name() == null) {
            edits.add(Edit.insert(stage.image().range().end(), lower ? " as " + BUILDER : " AS " + BUILDER));
        }
        if (!outputs.preparation().isEmpty()) {
            int before = Lines.blockStart(source, scene.firstOfProgram().offset());
            edits.add(Edit.insert(before, lines(outputs.preparation(), lower, newline)));
        }
        List<ByteRange> moved = placed.stream()
                .filter(each -> each.place() == Place.RUNTIME)
                .map(each -> Lines.block(source, each.step().instruction().range()))
                .toList();
        Lines.merged(source, moved).forEach(gone -> edits.add(Edit.delete(gone.start(), gone.end())));
        edits.add(Edit.insert(source.length(), Lines.behind(source, newline) + lines(runtime, lower, newline)));
        return Edits.of(edits);
    }

    /// Lines with the file's newlines; keywords that are new in it are written as the file writes them.
    private static String lines(List<String> lines, boolean lower, String newline) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            int blank = line.indexOf(' ');
            boolean keyword = lower && blank > 0 && KEYWORDS.contains(line.substring(0, blank));
            text.append(keyword ? line.substring(0, blank).toLowerCase(Locale.ROOT) + line.substring(blank) : line)
                    .append('\n');
        }
        String joined = text.toString().replace("\r\n", "\n");
        return newline.equals("\n") ? joined : joined.replace("\n", newline);
    }
}
