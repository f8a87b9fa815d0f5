package dev.cairn.cli;

import dev.cairn.keys.KeyFile;
import dev.cairn.keys.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Model.OptionSpec;

/// The two files of a key: `NAME.key`, encrypted and readable to its owner only, and `NAME.pub`.
final class KeyPair {
    private final OptionSpec to =
            Spec.text("NAME", "write NAME.key and NAME.pub (default: cairn, so cairn.key and cairn.pub)", "--to");

    OptionSpec spec() {
        return to;
    }

    /// Refuses to begin where a file is there already: a key that is overwritten is lost.
    void requireAbsent() {
        for (Path each : new Path[] {file(".key"), file(".pub")}) {
            if (Files.exists(each)) {
                throw new CliException(
                        CliException.Code.FAILED, each + " is there already\ntry: --to with another name");
            }
        }
    }

    private Path file(String suffix) {
        String given = to.getValue();
        return Path.of((given == null ? "cairn" : given) + suffix);
    }

    void write(Session session, PrivateKey key) throws IOException {
        char[] passphrase = Passphrase.choose(session);
        KeyFile.writePrivate(file(".key"), key.encryptedPem(passphrase, new SecureRandom()));
        KeyFile.writePublic(file(".pub"), key.publicKey().pem());
        session.say("wrote " + file(".key") + " (keep it secret) and " + file(".pub") + " (hand it out)");
    }
}
