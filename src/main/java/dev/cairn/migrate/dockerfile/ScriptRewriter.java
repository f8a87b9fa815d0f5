package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Command.Kind;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.CommandList.AndOr;
import dev.cairn.migrate.shell.CommandList.Item;
import dev.cairn.migrate.shell.CommandList.Pipeline;
import dev.cairn.migrate.shell.CommandList.Separator;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.List;

/// Rewrites the package manager's calls of one script and takes out what only served it.
final class ScriptRewriter {
    private final StageState state;
    private final MappedText text;
    private final ScriptEdits edits;
    private final CallRewriter calls;
    private final Accounts accounts;
    private final AptMarks marks;
    private final Expansions expansions;
    private final PhpExtensions php;
    private final Confirmations confirmations;
    private int conditions;

    ScriptRewriter(StageState state, RunScript run, Script script, VariableLists variables, boolean cacheMount) {
        this.state = state;
        this.text = run.text();
        this.edits = new ScriptEdits(state.source, text);
        List<Command.Simple> all = Commands.in(script.commands());
        variables.within(Commands.loops(script.commands()));
        this.calls = new CallRewriter(state, text, edits, variables, all, cacheMount);
        this.accounts = new Accounts(state, text, edits);
        this.expansions = new Expansions(state, text);
        this.confirmations = new Confirmations(state, text, edits);
        this.php = new PhpExtensions(state, text, edits);
        this.marks = new AptMarks(state.from.family() == Family.DEB ? all : List.of());
    }

    ScriptEdits edits() {
        return edits;
    }

    /// Rewrites the whole script; REMOVE where nothing of it is left.
    Fate whole(Script script) {
        return list(script.commands(), true);
    }

    private Fate list(CommandList list, boolean simplePlace) {
        List<Item> items = list.items();
        List<Fate> fates = new ArrayList<>();
        int firstKept = -1;
        for (Item item : items) {
            boolean background = item.separator() == Separator.BACKGROUND;
            Fate fate = andOr(item.command(), simplePlace && !background);
            if (background && fate == Fate.REMOVE) {
                refuse(Reason.CONTROL_FLOW, item.command().start(), "a package manager in the background");
            }
            fates.add(fate);
            if (fate == Fate.KEEP && firstKept < 0) {
                firstKept = fates.size() - 1;
            }
        }
        if (firstKept < 0) {
            return items.isEmpty() ? Fate.KEEP : Fate.REMOVE;
        }
        for (int i = 0; i < items.size(); i++) {
            if (fates.get(i) == Fate.REMOVE) {
                removeItem(items, i, firstKept);
            }
        }
        return Fate.KEEP;
    }

    private void removeItem(List<Item> items, int i, int firstKept) {
        Item item = items.get(i);
        boolean ownLine = item.separator() == Separator.NEWLINE
                && (i == 0 || items.get(i - 1).separator() == Separator.NEWLINE);
        if (ownLine) {
            edits.deleteLines(item.command().start(), item.separatorEnd());
        } else if (i < firstKept) {
            edits.deleteUpTo(item.command().start(), items.get(i + 1).command().start());
        } else if (item.separator() == Separator.NONE) {
            edits.deleteBehind(items.get(i - 1).command().end(), item.command().end());
        } else {
            edits.deleteBehind(items.get(i - 1).separatorEnd(), item.separatorEnd());
        }
    }

    private Fate andOr(AndOr andOr, boolean simplePlace) {
        List<Pipeline> pipelines = andOr.pipelines();
        int count = pipelines.size();
        List<Fate> fates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean behindOr = i > 0 && !andOr.operators().get(i - 1).and();
            fates.add(pipeline(pipelines.get(i), simplePlace && !behindOr));
        }
        if (fates.contains(Fate.REMOVE) && fates.contains(Fate.KEEP) && onlyAboutMarks(pipelines, fates)) {
            return Fate.REMOVE;
        }
        // `update || answer`: without the update the answer never runs
        for (int i = 0; i + 1 < count; i++) {
            boolean or = !andOr.operators().get(i).and();
            if (or
                    && fates.get(i) == Fate.REMOVE
                    && (i == 0 || andOr.operators().get(i - 1).and())
                    && fates.get(i + 1) == Fate.KEEP) {
                boolean chained = i > 0 && fates.subList(0, i).contains(Fate.KEEP);
                if (!chained && Answers.isAnswer(pipelines.get(i + 1))) {
                    fates.set(i + 1, Fate.REMOVE);
                } else if (!chained) {
                    refuse(
                            Reason.CONTROL_FLOW,
                            pipelines.get(i).start(),
                            "what follows || depends on the package manager");
                }
            }
        }
        int firstKept = fates.indexOf(Fate.KEEP);
        if (firstKept < 0) {
            return Fate.REMOVE;
        }
        if (firstKept > 0) {
            if (!andOr.operators().get(firstKept - 1).and()) {
                refuse(
                        Reason.CONTROL_FLOW,
                        pipelines.getFirst().start(),
                        "what follows || depends on the package manager");
            }
            edits.deleteUpTo(
                    pipelines.getFirst().start(), pipelines.get(firstKept).start());
        }
        int i = firstKept + 1;
        while (i < count) {
            int end = i;
            while (end < count && fates.get(end) == Fate.REMOVE) {
                end++;
            }
            if (end > i) {
                removeRun(andOr, i, end);
            }
            i = end + 1;
        }
        return Fate.KEEP;
    }

    /// Takes out the pipelines from `start` to `end`, with the operator before or behind them, whichever leaves the
    /// lines as they were laid out.
    private void removeRun(AndOr andOr, int start, int end) {
        List<Pipeline> pipelines = andOr.pipelines();
        Pipeline first = pipelines.get(start);
        Pipeline last = pipelines.get(end - 1);
        boolean behindAnd = andOr.operators().get(start - 1).and();
        if (!behindAnd) {
            edits.replace(first.start(), last.end(), "true");
            return;
        }
        Pipeline before = pipelines.get(start - 1);
        boolean backward = end == pipelines.size()
                || !andOr.operators().get(end - 1).and()
                || !edits.breaksLine(before.end(), first.start())
                || edits.breaksLine(last.end(), pipelines.get(end).start());
        if (backward) {
            edits.deleteBehind(before.end(), last.end());
        } else {
            edits.deleteUpTo(first.start(), pipelines.get(end).start());
        }
    }

    /// `[ -z "$saved" ] || apt-mark manual $saved`: nothing is left to look at.
    private boolean onlyAboutMarks(List<Pipeline> pipelines, List<Fate> fates) {
        for (int i = 0; i < pipelines.size(); i++) {
            if (fates.get(i) == Fate.KEEP && !marks.isTestOfSaved(pipelines.get(i))) {
                return false;
            }
        }
        pipelines.forEach(pipeline -> pipeline.commands().forEach(this::marked));
        return true;
    }

    private void marked(Command command) {
        state.find(Reason.UPKEEP, text.offset(command.start()), "apt's marks: apk keeps what was asked for by name");
    }

    private Fate pipeline(Pipeline pipeline, boolean simplePlace) {
        List<Command> commands = pipeline.commands();
        if (state.from.family() == Family.DEB && AptMarks.isFeed(pipeline)) {
            commands.forEach(this::marked);
            return Fate.REMOVE;
        }
        String node = state.from.family() == Family.APK ? null : RepositoryScripts.node(pipeline);
        if (node != null) {
            state.node = node;
            commands.forEach(each ->
                    state.find(Reason.UPKEEP, text.offset(each.start()), "it only made nodejs version " + node));
            return Fate.REMOVE;
        }
        if (commands.size() == 1) {
            Fate fate = command(commands.getFirst(), simplePlace && !pipeline.negated());
            if (fate == Fate.REMOVE && pipeline.negated()) {
                refuse(Reason.CONTROL_FLOW, pipeline.start(), "the package manager's failure is asked for");
            }
            return fate;
        }
        List<Fate> fates = new ArrayList<>();
        for (Command command : commands) {
            fates.add(command(command, false));
        }
        if (!fates.contains(Fate.REMOVE)) {
            confirmations.edit(pipeline);
            return Fate.KEEP;
        }
        boolean fed = fates.getLast() == Fate.REMOVE
                && commands.subList(0, commands.size() - 1).stream().allMatch(Answers::isFeed);
        if (!fed && !fates.stream().allMatch(f -> f == Fate.REMOVE)) {
            refuse(Reason.CONTROL_FLOW, pipeline.start(), "a package manager's output is used");
        }
        return Fate.REMOVE;
    }

    private Fate command(Command command, boolean simplePlace) {
        return switch (command) {
            case Command.Simple simple -> simple(simple, simplePlace);
            case Command.Compound compound -> compound(compound, simplePlace);
        };
    }

    private Fate compound(Command.Compound compound, boolean simplePlace) {
        List<Fate> fates = new ArrayList<>();
        compound.head().forEach(word -> Commands.in(word).forEach(expansions::look));
        boolean conditional = compound.kind() != Kind.GROUP && compound.kind() != Kind.SUBSHELL;
        conditions += conditional ? 1 : 0;
        for (CommandList inner : compound.lists()) {
            fates.add(list(inner, simplePlace));
        }
        if (compound.kind() == Kind.IF
                && marks.isTestOfSaved(compound.lists().getFirst())
                && fates.stream().skip(1).allMatch(fate -> fate == Fate.REMOVE)) {
            conditions -= 1;
            marked(compound);
            return Fate.REMOVE;
        }
        conditions -= conditional ? 1 : 0;
        if (fates.isEmpty() || !fates.contains(Fate.REMOVE)) {
            return Fate.KEEP;
        }
        boolean group = compound.kind() == Kind.GROUP || compound.kind() == Kind.SUBSHELL;
        if (group) {
            return Fate.REMOVE;
        }
        boolean conditionGone =
                (compound.kind() == Kind.IF || compound.kind() == Kind.WHILE) && fates.getFirst() == Fate.REMOVE;
        if (conditionGone) {
            refuse(Reason.CONTROL_FLOW, compound.start(), "the package manager decides what runs");
        }
        for (int i = 0; i < fates.size(); i++) {
            if (fates.get(i) == Fate.REMOVE) {
                List<Item> items = compound.lists().get(i).items();
                edits.replace(
                        items.getFirst().command().start(),
                        items.getLast().command().end(),
                        "true");
            }
        }
        return Fate.KEEP;
    }

    private Fate simple(Command.Simple simple, boolean simplePlace) {
        if (state.from.family() == Family.DEB && (AptMarks.isMark(simple) || marks.isSaving(simple))) {
            marked(simple);
            return Fate.REMOVE;
        }
        simple.words().forEach(word -> Commands.in(word).forEach(expansions::look));
        simple.assignments().forEach(a -> a.values().forEach(w -> Commands.in(w).forEach(expansions::look)));
        Fate extension = php.rewrite(simple);
        if (extension != null) {
            return extension;
        }
        ManagerCall call = ManagerCall.of(simple);
        if (call != null) {
            int before = edits.edits().size();
            Fate fate = calls.rewrite(call, simplePlace, conditions == 0);
            if (fate == Fate.REMOVE) {
                edits.edits().subList(before, edits.edits().size()).clear();
            }
            return fate;
        }
        Housekeeping.Judgement judgement = Housekeeping.judge(simple, state.from.family());
        return switch (judgement) {
            case Housekeeping.Judgement.Keep keep -> {
                kept(simple, simplePlace);
                yield Fate.KEEP;
            }
            case Housekeeping.Judgement.Remove remove -> {
                state.find(
                        Reason.UPKEEP,
                        text.offset(simple.start()),
                        simple.name() + " only served the old package manager");
                yield Fate.REMOVE;
            }
            case Housekeeping.Judgement.Trim(var words) -> {
                state.find(Reason.UPKEEP, text.offset(simple.start()), "caches that the target does not have");
                words.forEach(word -> edits.deleteWord(word.start(), word.end()));
                yield Fate.KEEP;
            }
            case Housekeeping.Judgement.Need need -> {
                expansions.need(need, simple);
                yield Fate.KEEP;
            }
            case Housekeeping.Judgement.Refuse(Reason reason, String message) -> {
                refuse(reason, simple.start(), message);
                yield Fate.KEEP;
            }
        };
    }

    private void kept(Command.Simple simple, boolean simplePlace) {
        String hidden = DistributionCommands.hidden(simple, text.text());
        if (hidden != null && !expansions.isApkOfXargs(simple)) {
            refuse(Reason.MANAGER_HIDDEN, simple.start(), hidden + " is called by " + simple.name());
        }
        accounts.look(simple, simplePlace);
    }

    private void refuse(Reason reason, int position, String message) {
        state.find(reason, text.offset(position), message);
    }
}
