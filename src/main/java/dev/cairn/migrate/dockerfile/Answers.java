package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Command.Kind;
import dev.cairn.migrate.shell.CommandList.Pipeline;
import java.util.Set;

/// What stands behind `||` of a package manager's call only to answer its failure.
final class Answers {
    /// Commands that a failed index update may be answered with; without the update they never run.
    private static final Set<String> ANSWERS =
            Set.of("true", ":", "exit", "echo", "false", "sleep", "printf", "return", "break", "continue");

    private Answers() {}

    static boolean isAnswer(Pipeline pipeline) {
        return pipeline.commands().stream().allMatch(Answers::isAnswer);
    }

    private static boolean isAnswer(Command command) {
        return switch (command) {
            case Command.Simple simple -> {
                ManagerCall call = ManagerCall.of(simple);
                boolean upkeep = call != null && call.verb() == Manager.Verb.UPKEEP;
                yield upkeep || (simple.name() != null && ANSWERS.contains(simple.name()));
            }
            case Command.Compound compound ->
                (compound.kind() == Kind.GROUP || compound.kind() == Kind.SUBSHELL)
                        && compound.lists().stream()
                                .flatMap(list -> list.items().stream())
                                .flatMap(item -> item.command().pipelines().stream())
                                .allMatch(Answers::isAnswer);
        };
    }

    /// Whether the command only answers questions of the one behind the pipe.
    static boolean isFeed(Command command) {
        return command instanceof Command.Simple simple
                && simple.name() != null
                && Set.of("yes", "echo", "printf", "cat").contains(simple.name());
    }
}
