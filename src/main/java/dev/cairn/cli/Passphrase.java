package dev.cairn.cli;

import java.io.Console;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the passphrases of keys come from: `CAIRN_KEY_PASSWORD`, `COSIGN_PASSWORD` (also where they are empty), else
/// the person at the terminal.
final class Passphrase {
    private Passphrase() {}

    static char[] ask(Session session, String prompt) {
        String given = session.environment().get("CAIRN_KEY_PASSWORD");
        if (given == null) {
            given = session.environment().get("COSIGN_PASSWORD");
        }
        return given == null ? prompted(prompt) : given.toCharArray();
    }

    /// A new one: at a terminal it is asked for twice.
    static char[] choose(Session session) {
        char[] first = ask(session, "Passphrase for the new key: ");
        char[] second = ask(session, "The same again: ");
        if (!Arrays.equals(first, second)) {
            throw new CliException(CliException.Code.FAILED, "the two passphrases differ\ntry: once more");
        }
        return first;
    }

    private static char[] prompted(String prompt) {
        Console console = Terminal.find();
        char @Nullable [] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw new CliException(
                    CliException.Code.FAILED,
                    "a passphrase is needed, and there is no terminal to ask at\n"
                            + "try: the passphrase in the environment variable CAIRN_KEY_PASSWORD");
        }
        return typed;
    }
}
