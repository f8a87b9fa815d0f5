package dev.cairn.migrate.split;

import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Word;
import dev.cairn.migrate.split.Placement.Place;
import dev.cairn.migrate.split.Placement.Placed;
import java.util.ArrayList;
import java.util.List;

/// Writes the runtime stage.
final class RuntimeStage {
    private final Scene scene;
    private final Outputs outputs;
    private final String builder;

    RuntimeStage(Scene scene, Outputs outputs, String builder) {
        this.scene = scene;
        this.outputs = outputs;
        this.builder = builder;
    }

    /// Its lines, without newlines at their ends; an instruction of several lines is one item.
    List<String> lines(List<Placed> placed, String image) {
        List<String> body = new ArrayList<>();
        int last = lastOfBuilder(placed);
        for (int i = 0; i < placed.size(); i++) {
            Placed each = placed.get(i);
            Instruction instruction = each.step().instruction();
            if (each.place() == Place.RUNTIME) {
                body.add(scene.writtenWithComments(instruction));
            } else if (each.place() == Place.BOTH) {
                body.add(scene.written(instruction));
            } else if (each.systemPart() != null) {
                body.add(each.systemPart());
            }
            if (i == last) {
                body.addAll(outputs.environment());
                outputs.copies().forEach(path -> body.add(copy(path, placed)));
            }
        }
        List<String> lines = new ArrayList<>();
        String platform = scene.stage().from().flag("platform");
        lines.add("FROM " + (platform == null ? "" : "--platform=" + platform + " ") + image);
        lines.addAll(arguments(placed, String.join("\n", body)));
        lines.addAll(body);
        return lines;
    }

    private static int lastOfBuilder(List<Placed> placed) {
        int last = -1;
        for (int i = 0; i < placed.size(); i++) {
            boolean arg = placed.get(i).step().instruction().is("arg");
            last = placed.get(i).place() == Place.BUILDER && !arg ? i : last;
        }
        return last;
    }

    /// The `ARG`s that the runtime's text uses: an `ARG` holds in its own stage only.
    private List<String> arguments(List<Placed> placed, String body) {
        List<String> lines = new ArrayList<>();
        for (Placed each : placed) {
            Instruction instruction = each.step().instruction();
            if (!instruction.is("arg")) {
                continue;
            }
            for (Word word : instruction.arguments()) {
                String name = word.value().split("=", 2)[0];
                if (body.contains("$" + name) || body.contains("${" + name)) {
                    lines.add(scene.written(instruction));
                    break;
                }
            }
        }
        return lines;
    }

    private String copy(String path, List<Placed> placed) {
        String owner = owner(path, placed);
        String target = path.indexOf('*') < 0 ? path : Places.parent(path) + "/";
        return "COPY --from=" + builder + (owner.isEmpty() ? "" : " --chown=" + owner) + " " + path + " " + target;
    }

    /// Who owns the path in the original: of a `chown -R` over all of it, else of the `COPY --chown` into it.
    private static String owner(String path, List<Placed> placed) {
        String owner = "";
        for (Placed each : placed) {
            if (each.place() == Place.BUILDER) {
                owner = owner(path, each.step(), owner);
            }
        }
        return owner.indexOf('$') < 0 ? owner : "";
    }

    private static String owner(String path, Step step, String before) {
        Instruction instruction = step.instruction();
        String flag = instruction.flag("chown");
        String owner = flag != null && instruction.flag("from") == null && isInto(step, path) ? flag : before;
        for (BuildCommand each : step.commands()) {
            owner = isChown(each, step, path) ? String.valueOf(each.operands().getFirst()) : owner;
        }
        return owner;
    }

    private static boolean isInto(Step step, String path) {
        String target = step.instruction().arguments().getLast().value();
        return Places.isWithin(Places.resolve(step.workDir(), target), path);
    }

    private static boolean isChown(BuildCommand command, Step step, String path) {
        if (!command.name().equals("chown")
                || !(command.has("-R") || command.has("--recursive"))
                || command.operands().getFirst() == null) {
            return false;
        }
        return command.changedPaths().stream()
                .anyMatch(each -> each != null
                        && !Places.resolve(step.workDir(), each).isEmpty()
                        && Places.isWithin(path, Places.resolve(step.workDir(), each)));
    }
}
