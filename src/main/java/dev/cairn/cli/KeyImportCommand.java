package dev.cairn.cli;

import dev.cairn.keys.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn key import`: a key that is there already, put into the encrypted form.
final class KeyImportCommand implements Command {
    private final PositionalParamSpec file =
            Spec.parameter(0, "FILE", "a private key as PEM: openssl's (PKCS #8, EC) or cosign's", true);
    private final KeyPair pair = new KeyPair();

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "import",
                        "Encrypts a private key with a passphrase; one passphrase serves an encrypted original too.",
                        "cairn key import openssl.pem --to release")
                .addPositional(file)
                .addOption(pair.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        pair.requireAbsent();
        Path from = Path.of(file.<String>getValue());
        pair.write(session, KeyFile.readPrivate(from, () -> Passphrase.ask(session, "Passphrase of " + from + ": ")));
        return ExitCode.DONE;
    }
}
