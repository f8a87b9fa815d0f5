package dev.cairn.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `cairn key`: the keys that images are signed with.
final class KeyCommand implements Command {
    static final String NAME = "key";

    @Override
    public CommandSpec spec() {
        return Spec.command(this, NAME, "Make or import keys that sign images, in the form that cosign reads too.");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(new KeyGenerateCommand(), new KeyImportCommand(), new KeyPublicCommand());
    }
}
