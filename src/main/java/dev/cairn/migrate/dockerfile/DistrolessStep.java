package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Lineage.Base;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The step `distroless`: images of the catalogue lose `-dev` where no command runs any more. Where the last stage's
/// RUNs only install packages and set up accounts, directories and links, an image definition does that instead, and
/// the stage builds on its image.
public final class DistrolessStep implements DockerfileStep {
    private static final String DEV = "-dev";
    private static final String BARE = "base";
    private static final String STATIC = "static";
    private static final String DYNAMIC = "glibc-dynamic";
    private static final String NO_CGO = "CGO_ENABLED=0";

    private final Target target;

    public DistrolessStep(Target target) {
        this.target = target;
    }

    @Override
    public String id() {
        return "distroless";
    }

    @Override
    public String purpose() {
        return "no shell and no package manager in the image";
    }

    @Override
    public StepResult apply(byte[] bytes) {
        return switch (Dockerfile.read(bytes)) {
            case Dockerfile.Reading.Refused refused -> StepResult.unreadable(SourceText.of(bytes), refused);
            case Dockerfile.Reading.Read(Dockerfile file) -> new Work(file).apply();
        };
    }

    /// One file.
    private final class Work {
        private final Dockerfile file;
        private final Lineage lineage;
        private final List<Edit> edits = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private final List<StepResult.NewFile> files = new ArrayList<>();

        Work(Dockerfile file) {
            this.file = file;
            this.lineage = new Lineage(file);
        }

        StepResult apply() {
            for (Stage root : lineage.stages()) {
                if (lineage.base(root.index()) instanceof Base.Image(String text, var reference, var image)
                        && target.isHardened(text)) {
                    List<Stage> family = lineage.family(root);
                    boolean runs = family.stream().anyMatch(s -> s.hasRun() || hasTrigger(s));
                    boolean last = root.index() == lineage.stages().size() - 1;
                    if (!runs && text.endsWith(DEV)) {
                        dropDev(root, text, family);
                    } else if (!runs && text.equals(target.repository(BARE) + ":latest")) {
                        bare(root, text, family);
                    } else if (runs && last) {
                        custom(root, text);
                    }
                }
            }
            if (!edits.isEmpty()) {
                RuntimeNotes notes = new RuntimeNotes(file, findings);
                notes.look(lineage.stages().getLast());
            }
            return StepResult.of(file.source(), edits, findings).with(files);
        }

        private static boolean hasTrigger(Stage stage) {
            return stage.instructions().stream().anyMatch(i -> i.trigger() != null);
        }

        private void dropDev(Stage root, String text, List<Stage> family) {
            String raw = file.source().slice(root.image().range());
            if (!raw.endsWith(DEV)) {
                find(Reason.FROM_VARIABLE, root.from(), "FROM " + raw + ": -dev is in a variable");
                return;
            }
            int end = root.image().range().end();
            edits.add(Edit.delete(end - DEV.length(), end));
            find(Reason.DEV_DROPPED, root.from(), text + " is " + text.substring(0, text.length() - DEV.length()));
            StartCommands starts = StartCommands.withoutShell(file, lineage, edits, findings);
            family.forEach(starts::edit);
        }

        /// The bare distribution has a shell under every tag: where only a compiled program is copied into it, an image
        /// of what such a program needs does.
        private void bare(Stage root, String text, List<Stage> family) {
            boolean isStatic = file.source().chars().contains(NO_CGO);
            String name = isStatic && target.catalogue().has(STATIC) ? STATIC : DYNAMIC;
            if (!target.catalogue().has(name)
                    || !file.source().slice(root.image().range()).equals(text)) {
                return;
            }
            String reference = target.repository(name) + ":latest";
            edits.add(new Edit(root.image().range(), SourceText.chars(reference)));
            find(Reason.DEV_DROPPED, root.from(), text + " has a shell; " + reference + " does not");
            StartCommands starts = StartCommands.withoutShell(file, lineage, edits, findings);
            family.forEach(starts::edit);
        }

        private void custom(Stage stage, String text) {
            SetUp setUp = new SetUp();
            for (Instruction run : stage.instructions()) {
                String problem = run.is("run") ? take(setUp, run) : null;
                if (problem == null && run.trigger() != null) {
                    problem = "ONBUILD";
                }
                if (problem != null) {
                    find(Reason.DISTROLESS_RUN, run, "an image definition cannot do this: " + problem);
                    return;
                }
            }
            int colon = text.lastIndexOf(':') > text.lastIndexOf('/') ? text.lastIndexOf(':') : text.length();
            String tag = colon < text.length() ? text.substring(colon + 1) : "latest";
            String runtimeTag = tag.endsWith(DEV) ? tag.substring(0, tag.length() - DEV.length()) : tag;
            String name = text.substring(target.registry().length() + 1, colon);
            if (text.indexOf('@') >= 0) {
                find(Reason.DISTROLESS_RUN, stage.from(), "its RUNs only set up, but a digest pins the image");
                return;
            }
            String definition = target.definition(name, runtimeTag);
            if (definition == null || file.source().slice(stage.image().range()).indexOf('$') >= 0) {
                find(
                        Reason.DISTROLESS_RUN,
                        stage.from(),
                        "its RUNs only set up: with --catalog FOLDER an image definition can do that");
                return;
            }
            replace(stage, setUp, name, runtimeTag, definition);
        }

        private @org.jspecify.annotations.Nullable String take(SetUp setUp, Instruction run) {
            if (run.json() || !run.flags().isEmpty()) {
                return "exec form or flags";
            }
            return switch (RunScript.of(file.source(), run).read()) {
                case Script.Reading.Refused refused -> refused.reason();
                case Script.Reading.Understood(Script script) -> setUp.take(script);
            };
        }

        private void replace(Stage stage, SetUp setUp, String name, String tag, String definition) {
            String custom = name.replace('/', '-') + "-" + suffix(setUp);
            String reference = target.repository("custom/" + custom) + ":" + tag;
            String fileName = custom + ".yaml";
            edits.add(new Edit(stage.image().range(), SourceText.chars(reference)));
            find(Reason.CUSTOM_IMAGE, stage.from(), reference + " is defined by " + fileName);
            files.add(new StepResult.NewFile(fileName, CustomDefinition.of(setUp, definition, fileName, reference)));
            Instruction lastUser = stage.instructions().stream()
                    .filter(i -> i.is("user"))
                    .reduce((a, b) -> b)
                    .orElse(null);
            for (Instruction instruction : stage.instructions()) {
                boolean passing = instruction.is("user")
                        && lastUser != null
                        && instruction.range().start() != lastUser.range().start();
                if (instruction.is("run") || passing) {
                    remove(instruction);
                    find(Reason.CUSTOM_IMAGE, instruction, "the definition does it");
                }
            }
            StartCommands.withoutShell(file, lineage, edits, findings).edit(stage);
        }

        private static String suffix(SetUp setUp) {
            String joined = String.join("-", setUp.packages).toLowerCase(Locale.ROOT);
            StringBuilder plain = new StringBuilder();
            for (int i = 0; i < joined.length(); i++) {
                char c = joined.charAt(i);
                boolean fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                plain.append(fine ? c : '-');
            }
            String suffix = plain.toString().replaceAll("-+", "-");
            boolean usable =
                    !suffix.isEmpty() && suffix.length() <= 40 && !suffix.startsWith("-") && !suffix.endsWith("-");
            return usable ? suffix : "custom";
        }

        private void remove(Instruction instruction) {
            String chars = file.source().chars();
            int start = chars.lastIndexOf('\n', Math.max(0, instruction.range().start() - 1)) + 1;
            int newline = chars.indexOf('\n', instruction.range().end());
            edits.add(new Edit(new ByteRange(start, newline < 0 ? chars.length() : newline + 1), ""));
        }

        private void find(Reason reason, Instruction at, String message) {
            findings.add(new Finding(reason, file.line(at), message));
        }
    }
}
