package dev.cairn.cli;

import dev.cairn.keys.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn key public`: the half of a key that checks signatures.
final class KeyPublicCommand implements Command {
    private final PositionalParamSpec file = Spec.parameter(0, "FILE", "a private key", true);

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "public",
                        "Prints the public half of a private key as PEM.",
                        "cairn key public cairn.key > cairn.pub")
                .addPositional(file);
    }

    @Override
    public int run(Session session) throws IOException {
        Path from = Path.of(file.<String>getValue());
        session.console()
                .out()
                .print(KeyFile.readPublic(from, () -> Passphrase.ask(session, "Passphrase of " + from + ": "))
                        .pem());
        return ExitCode.DONE;
    }
}
