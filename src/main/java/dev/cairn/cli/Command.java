package dev.cairn.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// One command: its words, options and parameters, and what it does. An instance serves one command line; it keeps
/// its options as fields and reads their values in [#run].
interface Command {
    /// Name, help, options and parameters.
    CommandSpec spec();

    /// Does it and returns the exit code. Room exceptions and [IOException] become error messages.
    int run(Session session) throws IOException;

    /// The commands below this one; a command that has some is never run itself.
    default List<Command> subcommands() {
        return List.of();
    }
}
