package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Outcome;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.Commands;
import java.util.List;

/// Looks at commands whose output is used, and at those that the old image brought along.
final class Expansions {
    private final StageState state;
    private final MappedText text;

    Expansions(StageState state, MappedText text) {
        this.state = state;
        this.text = text;
    }

    /// A package manager inside of `$(…)` gives its output to another command.
    void look(CommandList list) {
        for (Command.Simple simple : Commands.in(list)) {
            ManagerCall call = ManagerCall.of(simple);
            boolean stays = call != null && call.manager() == Manager.APK && state.target.isApk();
            if (call != null && !stays) {
                state.find(
                        Reason.MANAGER_HIDDEN,
                        text.offset(simple.start()),
                        call.name().value() + " in an expansion");
            } else if (call == null) {
                switch (Housekeeping.judge(simple, state.from.family())) {
                    case Housekeeping.Judgement.Refuse(Reason reason, String message) ->
                        state.find(reason, text.offset(simple.start()), message);
                    case Housekeeping.Judgement.Need need -> need(need, simple);
                    default -> {
                        // what it prints is used, and it stays
                    }
                }
            }
        }
    }

    /// A command of Debian's that Wolfi has in a package; Alpine's says other things.
    void need(Housekeeping.Judgement.Need need, Command.Simple simple) {
        Outcome outcome = state.target.look(need.name(), state.from);
        boolean there = outcome instanceof Outcome.Same
                || (outcome instanceof Outcome.Mapped mapped && mapped.names().equals(List.of(need.name())));
        if (state.target.distribution() == Distribution.WOLFI && there) {
            state.need(need.name());
        } else {
            state.find(Reason.DISTRIBUTION_COMMAND, text.offset(simple.start()), "uses " + simple.name());
        }
    }

    /// Whether the command asks apk what it asks the target's apk as well.
    static boolean isQueryWithin(StageState state, Command.Simple command) {
        ManagerCall call = ManagerCall.of(command);
        return call != null
                && call.manager() == Manager.APK
                && call.verb() == Manager.Verb.QUERY
                && state.target.isApk();
    }

    /// Whether xargs gives apk names that the image itself gives, with nothing written out: a conversion within apk
    /// has nothing to change there.
    boolean isApkOfXargs(Command.Simple command) {
        if (!"xargs".equals(command.name())
                || !state.target.isApk()
                || state.from.family() != Distribution.Family.APK) {
            return false;
        }
        boolean apk = false;
        boolean value = false;
        for (int i = 1; i < command.words().size(); i++) {
            String word = String.valueOf(command.words().get(i).value());
            boolean known =
                    word.startsWith("-") || value || (!apk && word.equals("apk")) || (apk && word.equals("add"));
            apk |= word.equals("apk");
            value = apk && (word.equals("-t") || word.equals("--virtual"));
            if (!known) {
                return false;
            }
        }
        return apk;
    }
}
