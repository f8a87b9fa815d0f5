package dev.cairn.cli;

import dev.cairn.keys.PrivateKey;
import java.io.IOException;
import java.security.SecureRandom;
import picocli.CommandLine.Model.CommandSpec;

/// `cairn key generate`: a new key.
final class KeyGenerateCommand implements Command {
    private final KeyPair pair = new KeyPair();

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "generate",
                        "Makes an ECDSA P-256 key, encrypted with a passphrase: asked for, or in $CAIRN_KEY_PASSWORD.",
                        "cairn key generate",
                        "cairn key generate --to release")
                .addOption(pair.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        pair.requireAbsent();
        pair.write(session, PrivateKey.generate(new SecureRandom()));
        return ExitCode.DONE;
    }
}
