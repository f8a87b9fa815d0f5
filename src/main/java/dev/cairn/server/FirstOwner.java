package dev.cairn.server;

import dev.cairn.registry.Accounts;
import dev.cairn.registry.TokenSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets the person who started a new server in: an administrator, `owner`, whose token is in a file that only the
/// server's own user reads. It is never printed and never logged.
public final class FirstOwner {
    /// The file's name in the data folder.
    public static final String FILE = "owner-token";

    private static final String NAME = "owner";

    private final Accounts accounts;
    private final SecureRandom random;
    private final InstantSource clock;

    FirstOwner(Accounts accounts, SecureRandom random, InstantSource clock) {
        this.accounts = accounts;
        this.random = random;
        this.clock = clock;
    }

    /// Makes the account and the file where nobody can log in yet. The file comes first: a crash in between leaves a
    /// file
    /// that opens nothing, and the next start writes it anew.
    @Nullable
    Path make(Path file) throws IOException {
        if (somebodyCanLogIn()) {
            return null;
        }
        TokenSecret secret = TokenSecret.create(random);
        DataFolder.writeSecret(file, secret.text() + "\n");
        if (accounts.account(NAME).isEmpty()) {
            accounts.createAccount(NAME, null, null, true);
        }
        Accounts.Token token = new Accounts.Token(
                secret.id(), NAME, "the first owner's, made at the first start", List.of(), clock.instant(), null);
        accounts.addToken(new Accounts.Secret(token, secret.hash()));
        return file;
    }

    private boolean somebodyCanLogIn() {
        return accounts.accounts(null).size() > 1
                || !accounts.tokens(null).isEmpty()
                || accounts.passwordHash(NAME).isPresent();
    }
}
