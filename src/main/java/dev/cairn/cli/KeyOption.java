package dev.cairn.cli;

import dev.cairn.keys.KeyFile;
import dev.cairn.keys.PrivateKey;
import dev.cairn.keys.PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// `--key`: the file of the key that signs or checks.
final class KeyOption {
    private final OptionSpec spec;

    KeyOption(String help) {
        this.spec = Spec.text("FILE", help, "-k", "--key");
    }

    OptionSpec spec() {
        return spec;
    }

    /// The private key; null where none is given.
    @Nullable
    PrivateKey signing(Session session) throws IOException {
        String file = spec.getValue();
        return file == null
                ? null
                : KeyFile.readPrivate(Path.of(file), () -> Passphrase.ask(session, "Passphrase of " + file + ": "));
    }

    /// The public key; null where none is given. A private key's file gives its public half.
    @Nullable
    PublicKey checking(Session session) throws IOException {
        String file = spec.getValue();
        return file == null
                ? null
                : KeyFile.readPublic(Path.of(file), () -> Passphrase.ask(session, "Passphrase of " + file + ": "));
    }
}
