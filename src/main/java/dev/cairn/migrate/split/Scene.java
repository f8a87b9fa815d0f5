package dev.cairn.migrate.split;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.migrate.dockerfile.Substitution;
import dev.cairn.migrate.dockerfile.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stage that is to be split, understood: its steps, what it starts, the project around it.
///
/// @param file the file
/// @param stage its only stage
/// @param steps its instructions
/// @param start what a container starts
/// @param image the base, variables replaced
/// @param project what lies in the build context
record Scene(Dockerfile file, Stage stage, List<Step> steps, Start start, String image, ProjectFiles project) {
    Scene {
        steps = List.copyOf(steps);
    }

    static Scene of(Dockerfile file, Stage stage, ProjectFiles project) throws Refusal {
        Map<String, String> values = new HashMap<>();
        for (Instruction each : Stage.globalArguments(file)) {
            argument(each, values);
        }
        String image = Substitution.apply(stage.image().value(), values);
        if (image == null || image.isEmpty()) {
            throw new Refusal(
                    Reason.SPLIT_FROM_VARIABLE,
                    stage.from().range().start(),
                    stage.image().value());
        }
        List<Step> steps = steps(file, stage, values, defaultWorkDir(image));
        return new Scene(file, stage, steps, Start.of(steps), image, project);
    }

    private static List<Step> steps(Dockerfile file, Stage stage, Map<String, String> values, String first)
            throws Refusal {
        List<Step> steps = new ArrayList<>();
        String workDir = first;
        String user = "";
        for (Instruction each : stage.instructions()) {
            switch (each.keyword()) {
                case "onbuild" ->
                    throw new Refusal(Reason.SPLIT_ONBUILD, each.range().start(), "");
                case "shell" ->
                    throw new Refusal(Reason.SPLIT_SHELL, each.range().start(), "");
                case "workdir" ->
                    workDir = Places.resolve(
                            workDir, substituted(each.body().text().strip(), values));
                case "user" -> user = substituted(each.body().text().strip(), values);
                case "env" -> environment(each, values);
                case "arg" -> argument(each, values);
                case "copy", "add" -> {
                    if (each.arguments().isEmpty()) {
                        throw new Refusal(Reason.SPLIT_UNREADABLE, each.range().start(), "");
                    }
                }
                default -> {}
            }
            steps.add(new Step(each, workDir, user, each.is("run") ? RunText.of(file, each) : null));
        }
        return steps;
    }

    /// Where images of these names start.
    private static String defaultWorkDir(String image) {
        return switch (Places.imageName(image)) {
            case "php" -> "/var/www/html";
            case "golang" -> "/go";
            default -> "/";
        };
    }

    private static String substituted(String text, Map<String, String> values) {
        return Objects.requireNonNullElse(Substitution.apply(text, values), "");
    }

    private static void argument(Instruction arg, Map<String, String> values) {
        for (Word each : arg.arguments()) {
            int equals = each.value().indexOf('=');
            if (equals > 0) {
                String value = Substitution.apply(each.value().substring(equals + 1), values);
                if (value != null) {
                    values.put(each.value().substring(0, equals), value);
                }
            }
        }
    }

    private static void environment(Instruction env, Map<String, String> values) {
        List<Word> words = env.arguments();
        for (int i = 0; i + 1 < words.size(); i += 3) {
            String value = Substitution.apply(words.get(i + 1).value(), values);
            if (value != null) {
                values.put(words.get(i).value(), value);
            }
        }
    }

    /// The steps with a RUN.
    List<RunText> runs() {
        return steps.stream()
                .map(Step::run)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /// Whether an `ENV` sets the variable.
    boolean sets(String variable) {
        for (Step step : steps) {
            List<Word> words = step.instruction().arguments();
            for (int i = 0; step.instruction().is("env") && i < words.size(); i += 3) {
                if (words.get(i).value().equals(variable)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The first step with a command of a toolchain.
    Step firstTool() {
        return steps.stream()
                .filter(each -> each.run() != null && each.run().has(CommandKind.TOOL))
                .findFirst()
                .orElseThrow();
    }

    /// The first step that is about the program rather than the system.
    Step firstOfProgram() {
        Step tool = firstTool();
        for (Step each : steps) {
            if (each.copies() || each.offset() == tool.offset()) {
                return each;
            }
        }
        return tool;
    }

    /// The folders that the program lies in: those that it was copied to or built in, none within another. Empty
    /// where it is spread over the root.
    List<String> folders() throws Refusal {
        List<String> found = new ArrayList<>();
        for (Step each : steps) {
            String folder = folderOf(each);
            if (folder == null || folder.equals("/")) {
                continue;
            }
            if (folder.isEmpty()) {
                throw new Refusal(Reason.SPLIT_NO_WORKDIR, each.offset(), "");
            }
            if (found.stream().noneMatch(known -> Places.isWithin(folder, known))) {
                found.removeIf(known -> Places.isWithin(known, folder));
                found.add(folder);
            }
        }
        return found;
    }

    /// The folders, of which there must be one.
    List<String> someFolders() throws Refusal {
        List<String> folders = folders();
        if (folders.isEmpty()) {
            throw new Refusal(Reason.SPLIT_NO_WORKDIR, firstTool().offset(), "");
        }
        return folders;
    }

    /// The folder that a step fills: where a command builds, where a copy within the working directory goes, and where
    /// the whole project is copied to.
    private static @Nullable String folderOf(Step step) {
        Instruction instruction = step.instruction();
        if (step.run() != null) {
            return step.run().has(CommandKind.TOOL) ? step.workDir() : null;
        }
        if (!(instruction.is("copy") || instruction.is("add")) || instruction.flag("from") != null) {
            return null;
        }
        String target =
                Places.resolve(step.workDir(), instruction.arguments().getLast().value());
        if (target.isEmpty() || (!step.workDir().equals("/") && Places.isWithin(target, step.workDir()))) {
            return step.workDir();
        }
        String source = instruction.arguments().getFirst().value();
        return source.equals(".") || source.equals("./") ? target : null;
    }

    /// Whether nothing of the program is there yet: a command before it sets up the system, whatever it does.
    boolean isBeforeProgram(Step step) {
        return step.offset() < firstOfProgram().offset();
    }

    /// An instruction as it is written, for people.
    String written(Instruction instruction) {
        return SourceText.display(file.source().slice(instruction.range()));
    }

    /// An instruction as it is written, with the comments directly above it.
    String writtenWithComments(Instruction instruction) {
        int start = Lines.blockStart(file.source(), instruction.range().start());
        return SourceText.display(
                file.source().slice(new ByteRange(start, instruction.range().end())));
    }
}
