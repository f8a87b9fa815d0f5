package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Assignment;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Word;
import java.util.List;

/// Rewrites one call of a package manager in place.
final class CallRewriter {
    private final StageState state;
    private final MappedText text;
    private final ScriptEdits edits;
    private final VariableLists variables;
    private final List<Command.Simple> script;
    private final boolean cacheMount;
    private boolean unconditional;

    CallRewriter(
            StageState state,
            MappedText text,
            ScriptEdits edits,
            VariableLists variables,
            List<Command.Simple> script,
            boolean cacheMount) {
        this.state = state;
        this.text = text;
        this.edits = edits;
        this.variables = variables;
        this.script = script;
        this.cacheMount = cacheMount;
    }

    /// Rewrites the call.
    ///
    /// @param simplePlace whether two commands tied with `&&` can stand in its place
    /// @param always whether it runs under no condition
    Fate rewrite(ManagerCall call, boolean simplePlace, boolean always) {
        unconditional = always;
        int offset = text.offset(call.name().start());
        String shown = call.name().value()
                + (call.subcommand() == null ? "" : " " + call.subcommand().value());
        if (call.manager().family() != state.from.family()) {
            state.find(Reason.MANAGER_MISMATCH, offset, shown + " in a stage from " + state.from);
            return Fate.KEEP;
        }
        if (isRepositoryPlugin(call)) {
            return judged(
                    DistributionCommands.configuration(
                            shown,
                            call.command().words().stream()
                                    .map(Housekeeping::literal)
                                    .toList()),
                    offset);
        }
        boolean apkToApk = call.manager() == Manager.APK && state.target.isApk();
        if (call.verb() == null || (call.verb() == Manager.Verb.QUERY && !apkToApk)) {
            if (!apkToApk || !isHarmlessApk(call)) {
                state.find(Reason.MANAGER_COMMAND, offset, shown + " has no counterpart");
            }
            return Fate.KEEP;
        }
        if (!new CallOptions(state, text).fit(call, apkToApk)) {
            return Fate.KEEP;
        }
        return switch (call.verb()) {
            case INSTALL -> install(call, apkToApk, simplePlace);
            case UPGRADE -> upgrade(call, apkToApk, simplePlace);
            case REMOVE -> remove(call, apkToApk);
            case UPKEEP -> apkToApk ? Fate.KEEP : gone(call, shown);
            case QUERY -> Fate.KEEP;
        };
    }

    /// `apk --print-arch`, `apk fetch` and the like stay within apk.
    private static boolean isHarmlessApk(ManagerCall call) {
        return call.subcommand() == null
                || List.of("fetch", "fix", "stats", "dot", "audit", "verify")
                        .contains(String.valueOf(call.subcommand().value()));
    }

    private Fate gone(ManagerCall call, String shown) {
        state.find(Reason.UPKEEP, text.offset(call.name().start()), shown + " is not needed");
        return Fate.REMOVE;
    }

    private static boolean isRepositoryPlugin(ManagerCall call) {
        return call.manager() == Manager.YUM
                && call.subcommand() != null
                && call.subcommand().is("config-manager");
    }

    private Fate judged(Housekeeping.Judgement judgement, int offset) {
        if (judgement instanceof Housekeeping.Judgement.Refuse(Reason reason, String message)) {
            state.find(reason, offset, message);
            return Fate.KEEP;
        }
        state.find(Reason.UPKEEP, offset, "repositories of the old distribution mean nothing to the target");
        return Fate.REMOVE;
    }

    private Fate install(ManagerCall call, boolean apkToApk, boolean simplePlace) {
        PackageNamesEditor names = new PackageNamesEditor(state);
        int kept = 0;
        Word last = null;
        for (Word word : call.packages()) {
            String value = pinnedName(word, call.manager());
            boolean pinned = value != null
                    && call.manager() != Manager.YUM
                    && value.indexOf('=') > 0
                    && PackageNamesEditor.isName(value.substring(0, value.indexOf('=')));
            if (value == null || (!word.isPlain() && !pinned)) {
                if (value != null) {
                    state.find(Reason.PACKAGE_WORD, text.offset(word.start()), "'" + value + "' is a pattern");
                } else if (variables.settle(word, script, text, edits)) {
                    kept++;
                    last = word;
                }
                continue;
            }
            String replacement = names.install(value, text.offset(word.start()));
            if (replacement == null) {
                continue;
            }
            if (replacement.isEmpty()) {
                edits.deleteWord(word.start(), word.end());
            } else {
                kept++;
                last = word;
                if (!replacement.equals(value)) {
                    edits.replace(word.start(), word.end(), replacement);
                }
            }
        }
        if (last == null) {
            if (apkToApk && call.packages().isEmpty()) {
                return Fate.KEEP;
            }
            state.find(Reason.UPKEEP, text.offset(call.name().start()), "nothing is left to install");
            return Fate.REMOVE;
        }
        virtual(call, names);
        if (apkToApk) {
            apkOptions(call);
        } else {
            head(call, installHead(call, simplePlace), simplePlace ? last : null);
        }
        if (unconditional) {
            remember(last, kept);
        }
        return Fate.KEEP;
    }

    /// What is written; a version that a variable gives is any version.
    private static @org.jspecify.annotations.Nullable String pinnedName(Word word, Manager manager) {
        String value = word.value();
        if (value != null
                || word.parts().size() < 2
                || !(word.parts().getFirst() instanceof Word.Part.Literal first)
                || word.parts().stream().skip(1).anyMatch(p -> p instanceof Word.Part.Substitution)) {
            return value;
        }
        String text = first.text();
        int equals = text.indexOf('=');
        if (equals > 0 && PackageNamesEditor.isName(text.substring(0, equals).replace("~", ""))) {
            return text.substring(0, equals) + "=*";
        }
        boolean dash = manager == Manager.YUM && text.endsWith("-") && text.length() > 2;
        return dash ? text.substring(0, text.length() - 1) + "-0.0" : null;
    }

    private void virtual(ManagerCall call, PackageNamesEditor names) {
        ManagerCall.Option option = call.option("-t", "--virtual");
        if (option != null) {
            String name = option.value() == null
                    ? option.text().substring(option.text().indexOf('=') + 1)
                    : option.valueText();
            state.virtuals.put(name, names.written());
        }
    }

    /// Within apk only what names another repository goes.
    private void apkOptions(ManagerCall call) {
        for (ManagerCall.Option option : call.options()) {
            if (option.text().equals("-X") || option.text().startsWith("--repository")) {
                Word end = option.value() == null ? option.word() : option.value();
                edits.deleteWord(option.word().start(), end.end());
                state.find(Reason.UPKEEP, text.offset(option.word().start()), "a repository of Alpine's");
            }
        }
    }

    private String installHead(ManagerCall call, boolean simplePlace) {
        if (state.target.isApk()) {
            return cacheMount ? "apk add --update-cache --cache-dir=/var/cache/apk" : "apk add --no-cache";
        }
        if (!simplePlace || call.wrapped()) {
            state.find(Reason.CONTROL_FLOW, text.offset(call.name().start()), "one command cannot become two here");
        }
        return "apt-get update && apt-get install -y --no-install-recommends";
    }

    private void remember(Word last, int kept) {
        int offset = text.offset(last.end() - 1) + 1;
        int start = text.offset(last.start());
        String chars = state.source.chars();
        int lineStart = chars.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
        String indent = chars.substring(lineStart, start);
        boolean ownLine =
                kept > 1 && indent.isBlank() && !indent.isEmpty() && chars.charAt(Math.max(0, offset - 1)) != '\n';
        state.append = new StageState.AppendPoint(offset, ownLine ? " \\\n" + indent : " ");
    }

    private Fate upgrade(ManagerCall call, boolean apkToApk, boolean simplePlace) {
        if (apkToApk) {
            return Fate.KEEP;
        }
        if (!call.packages().isEmpty()) {
            return install(call, false, simplePlace);
        }
        state.find(Reason.PACKAGES, text.offset(call.name().start()), "all packages are brought up to date");
        head(call, state.target.isApk() ? "apk upgrade --no-cache" : "apt-get update && apt-get upgrade -y", null);
        return Fate.KEEP;
    }

    private Fate remove(ManagerCall call, boolean apkToApk) {
        if (call.packages().isEmpty()) {
            return apkToApk ? Fate.KEEP : gone(call, call.name().value() + " without names");
        }
        PackageNamesEditor names = new PackageNamesEditor(state);
        boolean kept = false;
        for (Word word : call.packages()) {
            String value = word.value();
            if (value == null) {
                kept |= variables.settle(word, script, text, edits);
                continue;
            }
            if (state.virtuals.containsKey(value) || (apkToApk && value.startsWith("."))) {
                kept |= virtualRemoval(word, value, apkToApk);
                continue;
            }
            if (!word.isPlain()) {
                edits.deleteWord(word.start(), word.end());
                state.find(Reason.PACKAGE_DROPPED, text.offset(word.start()), value + " is not removed: a pattern");
                continue;
            }
            String replacement = names.remove(value, text.offset(word.start()));
            if (replacement != null && replacement.isEmpty()) {
                edits.deleteWord(word.start(), word.end());
            } else if (replacement != null && !replacement.equals(value)) {
                edits.replace(word.start(), word.end(), replacement);
            }
            kept |= replacement != null && !replacement.isEmpty();
        }
        if (!kept) {
            return state.isRefused() ? Fate.KEEP : Fate.REMOVE;
        }
        if (!apkToApk) {
            head(call, state.target.isApk() ? "apk del" : "apt-get purge -y --auto-remove", null);
        }
        return Fate.KEEP;
    }

    private boolean virtualRemoval(Word word, String name, boolean apkToApk) {
        if (!apkToApk) {
            List<String> names = state.virtuals.getOrDefault(name, List.of());
            if (names.isEmpty()) {
                edits.deleteWord(word.start(), word.end());
                return false;
            }
            edits.replace(word.start(), word.end(), String.join(" ", names));
        }
        return true;
    }

    /// Writes the new command's first words over the old one's: name, options, subcommand.
    private void head(ManagerCall call, String replacement, @org.jspecify.annotations.Nullable Word last) {
        state.find(
                Reason.PACKAGES, text.offset(call.name().start()), call.name().value() + " became " + replacement);
        environment(call);
        int start = call.name().start();
        int end = headEnd(call);
        edits.replace(start, end, replacement);
        for (ManagerCall.Option option : call.options()) {
            Word optionEnd = option.value() == null ? option.word() : option.value();
            if (option.word().start() >= end) {
                edits.deleteWord(option.word().start(), optionEnd.end());
            }
        }
        if (!state.target.isApk() && last != null) {
            edits.insertBehind(call.command().words().getLast().end(), " && rm -rf /var/lib/apt/lists/*");
        }
    }

    /// The end of the words in front of the first package that stand together with the manager's in the file.
    private int headEnd(ManagerCall call) {
        int limit = call.packages().isEmpty()
                ? Integer.MAX_VALUE
                : call.packages().getFirst().start();
        int subcommand = call.subcommand() == null
                ? call.name().end()
                : call.subcommand().end();
        int end = subcommand;
        for (ManagerCall.Option option : call.options()) {
            int optionEnd = (option.value() == null ? option.word() : option.value()).end();
            if (optionEnd < limit
                    && optionEnd > end
                    && text.contiguous(call.name().start(), optionEnd)
                    && text.text().substring(end, optionEnd).indexOf('\n') < 0) {
                end = optionEnd;
            }
        }
        return end;
    }

    /// Variables that speak to debconf and apt alone go.
    private void environment(ManagerCall call) {
        for (Assignment assignment : call.command().assignments()) {
            String name = assignment.name();
            if (name.startsWith("DEBIAN_")
                    || name.startsWith("APT_")
                    || name.startsWith("DEBCONF_")
                    || name.startsWith("UCF_")) {
                int next = nextWord(call.command(), assignment.end());
                edits.deleteUpTo(assignment.start(), next);
            }
        }
    }

    private static int nextWord(Command.Simple command, int from) {
        int next = command.words().getFirst().start();
        for (Assignment other : command.assignments()) {
            if (other.start() >= from) {
                next = Math.min(next, other.start());
            }
        }
        return next;
    }
}
