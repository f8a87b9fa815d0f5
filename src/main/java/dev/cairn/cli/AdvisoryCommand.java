package dev.cairn.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `cairn advisory`: the local database of vulnerability facts.
final class AdvisoryCommand implements Command {
    static final String NAME = "advisory";

    @Override
    public CommandSpec spec() {
        return Spec.command(this, NAME, "Update and show the local database of vulnerability facts.");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(new AdvisoryUpdateCommand(), new AdvisoryImportCommand(), new AdvisoryInfoCommand());
    }
}
