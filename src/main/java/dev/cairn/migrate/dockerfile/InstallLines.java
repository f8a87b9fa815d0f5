package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.CommandList.Pipeline;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The packages that a stage installs by name, under no condition and to stay; and how to install others instead.
public final class InstallLines {
    private final Dockerfile file;
    private final List<Line> lines = new ArrayList<>();
    private final List<Name> names = new ArrayList<>();

    /// A package on an install line.
    ///
    /// @param name its name, without version, suite or architecture; empty where the word is no plain name
    /// @param word the word as written
    /// @param family whose manager installs it
    /// @param offset where it is in the file
    public record Name(String name, String word, Family family, int offset) {}

    /// What became of the lines.
    ///
    /// @param edits the change
    /// @param left names that could not be taken away: the command around them is not simple enough
    public record Change(List<Edit> edits, List<Name> left) {
        public Change {
            edits = List.copyOf(edits);
            left = List.copyOf(left);
        }
    }

    /// A RUN with install calls.
    private record Line(Instruction run, RunScript text, Script script, List<Call> calls) {}

    /// An install call.
    private record Call(ManagerCall call, List<Word> words, List<Name> names) {}

    private InstallLines(Dockerfile file) {
        this.file = file;
    }

    /// Those of a stage.
    public static InstallLines of(Dockerfile file, Stage stage) {
        InstallLines found = new InstallLines(file);
        Set<String> removed = new HashSet<>();
        for (Instruction run : stage.instructions()) {
            if (run.is("run") && !run.json()) {
                found.read(run, removed);
            }
        }
        found.names.removeIf(each -> removed.contains(each.word()));
        return found;
    }

    private void read(Instruction run, Set<String> removed) {
        RunScript text = RunScript.of(file.source(), run);
        if (!text.interpreter().isEmpty() || !(text.read() instanceof Script.Reading.Understood(Script script))) {
            return;
        }
        for (Command.Simple each : Commands.in(script.commands())) {
            ManagerCall call = ManagerCall.of(each);
            if (call != null && call.verb() == Manager.Verb.REMOVE) {
                call.packages().stream().map(Word::value).forEach(value -> removed.add(String.valueOf(value)));
            }
        }
        List<Call> calls = new ArrayList<>();
        for (CommandList.Item item : script.commands().items()) {
            boolean always = item.command().operators().stream().allMatch(CommandList.Operator::and);
            for (Pipeline pipeline : always ? item.command().pipelines() : List.<Pipeline>of()) {
                ManagerCall call = call(pipeline);
                if (call != null
                        && call.verb() == Manager.Verb.INSTALL
                        && call.option("--virtual", "-t", "--installroot", "-p", "--root") == null) {
                    calls.add(call(call, text));
                }
            }
        }
        if (!calls.isEmpty()) {
            lines.add(new Line(run, text, script, calls));
        }
    }

    private Call call(ManagerCall call, RunScript text) {
        List<Name> found = new ArrayList<>();
        for (Word word : call.packages()) {
            String value = word.value();
            int offset = text.text().offset(word.start());
            String written = text.text().text().substring(word.start(), word.end());
            found.add(new Name(
                    value == null ? "" : plain(value), written, call.manager().family(), offset));
        }
        names.addAll(found);
        return new Call(call, call.packages(), found);
    }

    /// The name in front of a version, suite, architecture or repository; empty where there is none.
    private static String plain(String value) {
        int end = 0;
        while (end < value.length() && "=<>~@/:".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        boolean local = value.endsWith(".deb") || value.endsWith(".rpm") || value.endsWith(".apk");
        String name = value.substring(0, end);
        return !local && PackageNamesEditor.isName(name) ? name : "";
    }

    /// The packages, in the order of the file; those that a later command removes are not among them.
    public List<Name> names() {
        return List.copyOf(names);
    }

    /// Whether a command only keeps the package manager's own files in order.
    public static boolean isUpkeep(Command.Simple command) {
        ManagerCall call = ManagerCall.of(command);
        if (call != null) {
            return call.verb() == Manager.Verb.UPKEEP
                    || (call.verb() == Manager.Verb.REMOVE && call.packages().isEmpty());
        }
        return "rm".equals(command.name())
                && command.words().size() > 1
                && command.words().stream().skip(1).allMatch(InstallLines::isCache);
    }

    /// Whether it is a package manager's call.
    public static boolean isCall(Command.Simple command) {
        return ManagerCall.of(command) != null;
    }

    private static boolean isCache(Word word) {
        String value = word.value();
        return value != null
                && (value.startsWith("-")
                        || value.startsWith("/var/lib/apt/lists")
                        || value.startsWith("/var/cache/apt")
                        || value.startsWith("/var/cache/apk")
                        || value.startsWith("/var/cache/yum")
                        || value.startsWith("/var/cache/dnf")
                        || value.startsWith("/var/cache/debconf"));
    }

    /// Installs other packages instead of some.
    ///
    /// @param replacements what is installed instead of each name that changes; nothing to drop it
    public Change change(Map<Name, List<String>> replacements) {
        List<Edit> edits = new ArrayList<>();
        List<Name> left = new ArrayList<>();
        for (Line line : lines) {
            Set<Integer> emptied = new HashSet<>();
            for (Call call : line.calls()) {
                if (!call.names().isEmpty()
                        && call.names().stream().allMatch(each -> List.of().equals(replacements.get(each)))) {
                    emptied.add(call.call().command().start());
                }
            }
            Optional<List<Edit>> removal = emptied.isEmpty() ? Optional.of(List.of()) : remove(line, emptied);
            edits.addAll(removal.orElse(List.of()));
            for (Call call : line.calls()) {
                boolean gone = emptied.contains(call.call().command().start());
                if (gone && removal.isEmpty()) {
                    left.addAll(call.names());
                } else if (!gone) {
                    words(line, call, replacements, edits);
                }
            }
        }
        return new Change(edits, left);
    }

    private void words(Line line, Call call, Map<Name, List<String>> replacements, List<Edit> edits) {
        ScriptEdits script = new ScriptEdits(file.source(), line.text().text());
        for (int i = 0; i < call.words().size(); i++) {
            List<String> names = replacements.get(call.names().get(i));
            Word word = call.words().get(i);
            if (names == null) {
                continue;
            }
            if (names.isEmpty()) {
                script.deleteWord(word.start(), word.end());
            } else {
                script.replace(word.start(), word.end(), String.join(" ", names));
            }
        }
        edits.addAll(script.edits());
    }

    /// Takes calls away, and with the last one what only served it; empty where that is not simple.
    private Optional<List<Edit>> remove(Line line, Set<Integer> emptied) {
        List<Command.Simple> all = Commands.in(line.script().commands());
        boolean others =
                all.stream().anyMatch(each -> isCall(each) && !isUpkeep(each) && !emptied.contains(each.start()));
        if (all.stream().allMatch(each -> emptied.contains(each.start()) || isUpkeep(each))) {
            return Optional.of(List.of(wholeRun(line.run())));
        }
        List<CommandList.Item> items = line.script().commands().items();
        if (items.size() != 1
                || !items.getFirst().command().operators().stream().allMatch(each -> each.and())) {
            return Optional.empty();
        }
        List<Pipeline> pipelines = items.getFirst().command().pipelines();
        List<Boolean> goes = new ArrayList<>();
        for (Pipeline each : pipelines) {
            boolean single = each.commands().size() == 1 && each.commands().getFirst() instanceof Command.Simple;
            goes.add(single
                    && each.commands().getFirst() instanceof Command.Simple simple
                    && (emptied.contains(simple.start()) || (!others && isUpkeep(simple))));
        }
        return Optional.of(remove(line, pipelines, goes));
    }

    private List<Edit> remove(Line line, List<Pipeline> pipelines, List<Boolean> goes) {
        ScriptEdits script = new ScriptEdits(file.source(), line.text().text());
        int first = goes.indexOf(false);
        if (first > 0) {
            script.deleteUpTo(pipelines.getFirst().start(), pipelines.get(first).start());
        }
        int i = first + 1;
        while (i < pipelines.size()) {
            int end = i;
            while (end < pipelines.size() && goes.get(end)) {
                end++;
            }
            if (end > i) {
                script.deleteBehind(
                        pipelines.get(i - 1).end(), pipelines.get(end - 1).end());
            }
            i = end + 1;
        }
        return script.edits();
    }

    /// The lines of an instruction, and the comments directly above.
    private Edit wholeRun(Instruction run) {
        String chars = file.source().chars();
        int line = file.line(run);
        int first = line;
        while (first > 2 && lineText(first - 1).startsWith("#")) {
            first--;
        }
        int start = file.source().lineStart(first);
        int newline = chars.indexOf('\n', run.range().end());
        int end = newline < 0 ? chars.length() : newline + 1;
        boolean blankAbove = first > 1 && lineText(first - 1).isEmpty();
        boolean blankBelow =
                end >= chars.length() || lineText(file.source().line(end)).isEmpty();
        return Edit.delete(blankAbove && blankBelow ? file.source().lineStart(first - 1) : start, end);
    }

    private String lineText(int line) {
        return file.source()
                .chars()
                .substring(file.source().lineStart(line), file.source().lineStart(line + 1))
                .strip();
    }

    private static @Nullable ManagerCall call(Pipeline pipeline) {
        boolean single = pipeline.commands().size() == 1 && !pipeline.negated();
        return single && pipeline.commands().getFirst() instanceof Command.Simple simple
                ? ManagerCall.of(simple)
                : null;
    }
}
