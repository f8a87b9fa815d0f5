package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.UpstreamImage;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.dockerfile.Dockerfile.Reading;
import dev.cairn.migrate.dockerfile.Lineage.Base;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks what every conversion must satisfy, on the result alone: it reads both files again and trusts nothing that
/// the conversion says but its findings.
public final class PropertyCheck {
    private static final Set<String> ADDED = Set.of(
            "USER root", "USER 65532", "ENTRYPOINT []", "RUN apk add --no-cache bash", "SHELL [\"/bin/bash\", \"-c\"]");

    private final BaseStep step;
    private final StepResult result;
    private final Target target;
    private final List<Violation> violations = new ArrayList<>();

    private PropertyCheck(BaseStep step, StepResult result) {
        this.step = step;
        this.result = result;
        this.target = step.target();
    }

    /// A property that does not hold.
    ///
    /// @param property `P1` … `P14`
    /// @param line the 1-based line, of the original where there is one
    /// @param detail what is wrong
    public record Violation(String property, int line, String detail) {}

    /// An instruction before and after; null where there is none on that side.
    private record Pair(
            @Nullable Instruction before, @Nullable Instruction after) {}

    /// What does not hold.
    public static List<Violation> of(BaseStep step, StepResult result) {
        PropertyCheck check = new PropertyCheck(step, result);
        check.check();
        return List.copyOf(check.violations);
    }

    private void check() {
        outside();
        Reading before = Dockerfile.read(result.before().bytes());
        Reading after = Dockerfile.read(result.after().bytes());
        if (!(before instanceof Reading.Read(Dockerfile old))) {
            if (result.isChanged()) {
                violate("P1", 1, "a file that cannot be read was changed");
            }
            return;
        }
        if (!(after instanceof Reading.Read(Dockerfile now))) {
            violate("P1", 1, "the result cannot be read: " + after);
            return;
        }
        reported(old);
        List<Pair> pairs = pairs(old, now);
        pairs.forEach(pair -> instruction(old, now, pair));
        StepResult again = step.apply(result.after().bytes());
        if (again.isChanged()) {
            violate("P3", 1, "a second run changes it: " + again.edits().getFirst());
        }
        if (!step.apply(result.before().bytes())
                .after()
                .chars()
                .equals(result.after().chars())) {
            violate("P14", 1, "another run gives another result");
        }
        stages(old, now);
        users(old, now, pairs);
    }

    /// P2: the bytes outside of the edits.
    private void outside() {
        StringBuilder rebuilt = new StringBuilder();
        int at = 0;
        String chars = result.before().chars();
        for (Edit edit : result.edits()) {
            if (edit.range().start() < at) {
                violate("P2", result.before().line(edit.range().start()), "edits overlap");
                return;
            }
            rebuilt.append(chars, at, edit.range().start()).append(edit.replacement());
            at = edit.range().end();
        }
        if (!rebuilt.append(chars, at, chars.length())
                .toString()
                .equals(result.after().chars())) {
            violate("P2", 1, "bytes outside of the edits differ");
        }
    }

    /// P2: each edit is in or beside an instruction that something is said about.
    private void reported(Dockerfile old) {
        for (Edit edit : result.edits()) {
            int first = result.before().line(edit.range().start());
            int last = result.before().line(edit.range().end());
            for (Instruction instruction : old.instructions()) {
                int start = old.line(instruction);
                int end = old.source().line(instruction.range().end());
                if (start <= last && end >= first - 1) {
                    first = Math.min(first, start);
                    last = Math.max(last, end);
                }
            }
            if (!isReported(first - 1, last + 1)) {
                violate("P2", first, "an edit is not reported");
            }
        }
    }

    /// P1: each instruction of the one file with its own of the other.
    private List<Pair> pairs(Dockerfile old, Dockerfile now) {
        List<Pair> pairs = new ArrayList<>();
        List<Instruction> before = old.instructions();
        int i = 0;
        for (Instruction after : now.instructions()) {
            String text = now.source().slice(after.range());
            boolean same = i < before.size() && before.get(i).is(after.keyword()) && !isNew(old, before.get(i), text);
            while (!same && i < before.size() && !ADDED.contains(text)) {
                pairs.add(new Pair(before.get(i++), null));
                same = i < before.size() && before.get(i).is(after.keyword());
            }
            pairs.add(new Pair(same ? before.get(i++) : null, after));
        }
        while (i < before.size()) {
            pairs.add(new Pair(before.get(i++), null));
        }
        return resolveRemovals(old, now, pairs);
    }

    private static boolean isNew(Dockerfile old, Instruction before, String after) {
        return ADDED.contains(after) && !old.source().slice(before.range()).equals(after);
    }

    /// A RUN that went is paired with nothing, not with the RUN behind it.
    private List<Pair> resolveRemovals(Dockerfile old, Dockerfile now, List<Pair> pairs) {
        List<Instruction> gone = new ArrayList<>();
        for (Instruction instruction : old.instructions()) {
            boolean removed = instruction.is("run")
                    && result.edits().stream()
                            .anyMatch(
                                    e -> e.replacement().isEmpty() && e.range().contains(instruction.range()));
            if (removed) {
                gone.add(instruction);
            }
        }
        if (gone.isEmpty()) {
            return pairs;
        }
        List<Pair> resolved = new ArrayList<>();
        List<Instruction> kept = new ArrayList<>(old.instructions());
        kept.removeAll(gone);
        int i = 0;
        for (Instruction after : now.instructions()) {
            String text = now.source().slice(after.range());
            boolean same = i < kept.size() && kept.get(i).is(after.keyword()) && !isNew(old, kept.get(i), text);
            resolved.add(new Pair(same ? kept.get(i++) : null, after));
        }
        while (i < kept.size()) {
            resolved.add(new Pair(kept.get(i++), null));
        }
        gone.forEach(instruction -> {
            if (!isReported(
                    old.line(instruction), old.source().line(instruction.range().end()))) {
                violate("P1", old.line(instruction), "a RUN went without a word");
            }
        });
        return resolved;
    }

    private void instruction(Dockerfile old, Dockerfile now, Pair pair) {
        Instruction before = pair.before();
        Instruction after = pair.after();
        if (before == null || after == null) {
            boolean fine = before == null
                    && after != null
                    && ADDED.contains(now.source().slice(after.range()));
            if (!fine) {
                violate("P1", before == null ? 1 : old.line(before), "an instruction went or came");
            }
            return;
        }
        int first = old.line(before);
        int last = old.source().line(before.range().end());
        boolean same = old.source().slice(before.range()).equals(now.source().slice(after.range()));
        if (!same && !isReported(first, last)) {
            violate("P1", first, "an instruction changed without a word");
        }
        flags(first, before, after);
        if (before.is("run") && !before.json() && !same) {
            ScriptCheck check = new ScriptCheck(target, result.findings(), old, now);
            violations.addAll(check.compare(before, after));
        }
    }

    /// P9.
    private void flags(int line, Instruction before, Instruction after) {
        List<String> old = before.flags().stream()
                .map(Word::value)
                .filter(f -> !isCache(f))
                .toList();
        List<String> now =
                after.flags().stream().map(Word::value).filter(f -> !isCache(f)).toList();
        if (!old.equals(now)) {
            violate("P9", line, "flags were " + old + ", are " + now);
        }
    }

    private static boolean isCache(String flag) {
        return flag.startsWith("--mount=")
                && flag.contains("type=cache")
                && (flag.contains("/var/cache/") || flag.contains("/var/lib/"));
    }

    /// P5, P6, P10, P12, P13.
    private void stages(Dockerfile old, Dockerfile now) {
        Lineage lineage = new Lineage(now);
        Lineage was = new Lineage(old);
        for (Stage stage : lineage.stages()) {
            Stage root = lineage.root(stage);
            String image =
                    lineage.base(root.index()) instanceof Base.Image(String text, var reference, var what) ? text : "";
            boolean hardened = target.isHardened(image);
            int line = now.line(stage.from());
            boolean before = stage.index() < was.stages().size()
                    && was.base(root.index()) instanceof Base.Image(String text, var reference, var what)
                    && target.isHardened(text);
            if (hardened && !before) {
                foreignCalls(now, stage);
                if (stage.index() < was.stages().size()) {
                    violations.addAll(PackageCheck.of(target, old, was.stages().get(stage.index()), now, stage));
                }
                shells(lineage, root, stage, image, line);
            } else if (!hardened
                    && !image.isEmpty()
                    && stage.index() == root.index()
                    && !isExcluded(lineage.base(root.index()))
                    && !mentions(image)) {
                violate("P13", line, image + " is outside of the catalogue, and nobody said so");
            }
        }
    }

    private static boolean isExcluded(Base base) {
        return base instanceof Base.Image(String text, var reference, UpstreamImage image)
                && image instanceof UpstreamImage.Excluded(String why)
                && why.equals("scratch");
    }

    private boolean mentions(String image) {
        return result.findings().stream().anyMatch(f -> f.message().contains(image) || f.isRefusal());
    }

    private void foreignCalls(Dockerfile now, Stage stage) {
        for (Instruction run : stage.instructions()) {
            if (!run.is("run")
                    || run.json()
                    || !(RunScript.of(now.source(), run).read() instanceof Script.Reading.Understood(Script script))) {
                continue;
            }
            for (Command.Simple command : Commands.in(script.commands())) {
                ManagerCall call = ManagerCall.of(command);
                if (call != null
                        && call.manager().family() != target.distribution().family()) {
                    violate("P5", now.line(run), call.name().value() + " is left in a converted stage");
                }
            }
        }
    }

    private void shells(Lineage lineage, Stage root, Stage stage, String image, int line) {
        boolean dev = image.endsWith("-dev") || image.contains("/base:") || image.contains("-dev@");
        boolean runs = lineage.family(root).stream().anyMatch(s -> s.hasRun() || hasTrigger(s));
        if (runs && !dev && !isDistroful(image)) {
            violate("P10", line, "commands run in " + image);
        }
        if (!runs && image.endsWith("-dev")) {
            violate("P10", line, image + " though no command runs");
        }
        for (Instruction instruction : stage.instructions()) {
            boolean starts = instruction.is("cmd") || instruction.is("entrypoint");
            boolean shellForm =
                    starts && !instruction.json() && !instruction.arguments().isEmpty();
            boolean reported = result.findings().stream().anyMatch(f -> f.reason() == Reason.SHELL_FORM);
            if (!dev && !isDistroful(image) && shellForm && !reported) {
                violate("P12", line, "shell form without a shell");
            }
        }
    }

    private boolean isDistroful(String image) {
        return image.startsWith(target.repository("base") + ":");
    }

    private static boolean hasTrigger(Stage stage) {
        return stage.instructions().stream().anyMatch(i -> i.trigger() != null);
    }

    /// P11: who each instruction runs as.
    private void users(Dockerfile old, Dockerfile now, List<Pair> pairs) {
        Users before = new Users(old, target);
        Users after = new Users(now, target);
        boolean told = result.findings().stream().anyMatch(f -> f.reason() == Reason.USER_NONROOT);
        for (Pair pair : pairs) {
            if (pair.before() != null && pair.after() != null && pair.before().is("run")) {
                String was = before.of(pair.before());
                String is = after.of(pair.after());
                if (!was.equals(is)) {
                    violate("P11", old.line(pair.before()), "ran as " + was + ", runs as " + is);
                }
            }
        }
        if (!before.atEnd().equals(after.atEnd()) && !told) {
            violate("P11", 1, "ended as " + before.atEnd() + ", ends as " + after.atEnd());
        }
    }

    private boolean isReported(int first, int last) {
        return result.findings().stream().anyMatch(f -> f.line() >= first && f.line() <= last);
    }

    private void violate(String property, int line, String detail) {
        violations.add(new Violation(property, line, detail));
    }
}
