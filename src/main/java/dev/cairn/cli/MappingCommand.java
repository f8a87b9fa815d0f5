package dev.cairn.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `cairn mapping`: what names are in other distributions.
final class MappingCommand implements Command {
    static final String NAME = "mapping";

    @Override
    public CommandSpec spec() {
        return Spec.command(this, NAME, "Ask what packages are called in another distribution, and why.");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(new MappingExplainCommand());
    }
}
