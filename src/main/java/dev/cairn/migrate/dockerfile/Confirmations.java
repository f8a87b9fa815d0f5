package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList.Pipeline;
import java.util.List;
import java.util.Set;

/// Pipelines with a package manager in them that stay.
final class Confirmations {
    private static final Set<String> SHOWS = Set.of("tee", "cat", "tail", "head");

    private final StageState state;
    private final MappedText text;
    private final ScriptEdits edits;

    Confirmations(StageState state, MappedText text, ScriptEdits edits) {
        this.state = state;
        this.text = text;
        this.edits = edits;
    }

    /// `yes | apt-get install …`: nothing is asked any more.
    void edit(Pipeline pipeline) {
        List<Command> commands = pipeline.commands();
        if (commands.get(1) instanceof Command.Simple second && asks(second) && Answers.isFeed(commands.getFirst())) {
            edits.deleteUpTo(commands.getFirst().start(), second.start());
            state.find(Reason.UPKEEP, text.offset(pipeline.start()), "nothing is asked that needs an answer");
            return;
        }
        for (int i = 0; i + 1 < commands.size(); i++) {
            boolean call = commands.get(i) instanceof Command.Simple simple
                    && ManagerCall.of(simple) != null
                    && !Expansions.isQueryWithin(state, simple);
            boolean shows = commands.get(i + 1) instanceof Command.Simple next
                    && next.name() != null
                    && SHOWS.contains(next.name());
            if (call && !shows) {
                state.find(Reason.CONTROL_FLOW, text.offset(pipeline.start()), "a package manager's output is used");
            }
        }
    }

    private boolean asks(Command.Simple command) {
        boolean pecl = state.php != null && PhpExtensions.isCall(command);
        return pecl || (ManagerCall.of(command) != null && state.from.family() != Family.APK);
    }
}
