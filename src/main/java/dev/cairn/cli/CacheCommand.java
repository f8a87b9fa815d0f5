package dev.cairn.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `cairn cache`: what is kept on this machine.
final class CacheCommand implements Command {
    static final String NAME = "cache";

    @Override
    public CommandSpec spec() {
        return Spec.command(this, NAME, "Show or clean what is kept on this machine: downloads and derived data.");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(new CacheInfoCommand(), new CacheCleanCommand());
    }
}
