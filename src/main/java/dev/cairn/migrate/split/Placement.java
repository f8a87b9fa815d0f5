package dev.cairn.migrate.split;

import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which stage each instruction goes to.
final class Placement {
    /// A stage.
    enum Place {
        BUILDER,
        BOTH,
        RUNTIME,
        /// It prepares the program's folder and other places: fine where the runtime alone does it.
        MIXED
    }

    /// An instruction's place.
    ///
    /// @param step the instruction
    /// @param place where it goes
    /// @param systemPart of a builder's RUN, what the runtime needs too: a RUN of its own; null for nothing
    record Placed(Step step, Place place, @Nullable String systemPart) {}

    private static final Set<String> METADATA =
            Set.of("label", "expose", "volume", "stopsignal", "healthcheck", "cmd", "entrypoint", "maintainer");
    private static final Set<String> TOOL_PROGRAMS = Set.of("composer", "uv", "uvx", "poetry", "bun");
    private static final Set<String> REPEATABLE = Set.of("mkdir", "chown", "chmod", "touch", "ln", "chgrp");

    private final Toolchain toolchain;
    private final List<String> folders;

    private Placement(Toolchain toolchain, List<String> folders) {
        this.toolchain = toolchain;
        this.folders = folders;
    }

    /// Places all instructions of the stage, in order.
    static List<Placed> of(Scene scene, Toolchain toolchain, Outputs outputs) throws Refusal {
        List<String> folders = new ArrayList<>(outputs.copies());
        if (!toolchain.isInterpreted()) {
            folders.addAll(scene.folders());
        }
        Placement placement = new Placement(toolchain, folders);
        List<Placed> placed = new ArrayList<>();
        int last = -1;
        for (Step step : scene.steps()) {
            Placed next = step.run() != null && scene.isBeforeProgram(step)
                    ? new Placed(step, Place.BOTH, null)
                    : placement.place(step);
            placed.add(next);
            last = next.place() == Place.BUILDER && !step.instruction().is("arg") ? placed.size() - 1 : last;
        }
        for (int i = 0; i < placed.size(); i++) {
            Placed each = placed.get(i);
            if (i > last && each.place() != Place.BUILDER) {
                placed.set(i, new Placed(each.step(), Place.RUNTIME, null));
            } else if (each.place() == Place.MIXED) {
                throw new Refusal(Reason.SPLIT_SETUP_MIXED, each.step().offset(), "");
            }
        }
        return placed;
    }

    private Placed place(Step step) throws Refusal {
        Instruction instruction = step.instruction();
        if (METADATA.contains(instruction.keyword())) {
            return new Placed(step, Place.RUNTIME, null);
        }
        if (step.run() != null) {
            return run(step, step.run());
        }
        return switch (instruction.keyword()) {
            case "copy", "add" -> new Placed(step, copy(step), null);
            case "arg", "" -> new Placed(step, Place.BUILDER, null);
            default -> new Placed(step, Place.BOTH, null);
        };
    }

    private Place copy(Step step) {
        Instruction copy = step.instruction();
        String target = SourceText.display(copy.arguments().getLast().value());
        String path = Places.resolve(step.workDir(), target);
        String name = Places.last(copy.arguments().getFirst().value());
        if (copy.flag("from") != null && TOOL_PROGRAMS.contains(name)) {
            return Place.BUILDER;
        }
        boolean within = path.isEmpty() || folders.stream().anyMatch(folder -> Places.isWithin(path, folder));
        return within ? Place.BUILDER : Place.BOTH;
    }

    private Placed run(Step step, RunText run) throws Refusal {
        if (run.has(CommandKind.TOOL)) {
            return new Placed(step, Place.BUILDER, run.systemPart());
        }
        if (!run.has(CommandKind.FILES)) {
            return new Placed(step, Place.BOTH, null);
        }
        return new Placed(step, files(step, run), null);
    }

    /// Changes of files within what is copied are done in the builder and come along; others are done in both.
    private Place files(Step step, RunText run) {
        boolean inside = false;
        boolean outside = run.has(CommandKind.SYSTEM) || run.has(CommandKind.PACKAGES);
        boolean repeatable = true;
        for (BuildCommand each : run.commands()) {
            if (each.kind() != CommandKind.FILES || isHousekeeping(each)) {
                continue;
            }
            boolean again = REPEATABLE.contains(each.name());
            for (String operand : each.changedPaths()) {
                String path = operand == null ? "" : Places.resolve(step.workDir(), operand);
                boolean within = path.isEmpty() || folders.stream().anyMatch(folder -> Places.isWithin(path, folder));
                boolean builders = within || (!toolchain.isInterpreted() && !again);
                inside |= builders;
                outside |= !builders;
                repeatable &= !builders || (again && isFolderItself(path, each));
            }
        }
        if (inside && outside) {
            return repeatable ? Place.BOTH : Place.MIXED;
        }
        return inside ? Place.BUILDER : Place.BOTH;
    }

    /// Whether a command makes or changes a folder that every stage has: it can be said in both.
    private boolean isFolderItself(String path, BuildCommand command) {
        boolean parents = !command.name().equals("mkdir") || command.has("-p");
        return parents && (folders.contains(path) || command.name().equals("mkdir"));
    }

    /// `rm -rf /var/lib/apt/lists/*` and the like belong to the package manager.
    private static boolean isHousekeeping(BuildCommand command) {
        if (!command.name().equals("rm")) {
            return false;
        }
        return command.operands().stream()
                .allMatch(each -> each != null
                        && (each.startsWith("/var/") || each.startsWith("/tmp/") || each.startsWith("/root/.cache")));
    }
}
