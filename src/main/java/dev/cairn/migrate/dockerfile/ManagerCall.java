package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call of a package manager, taken apart.
///
/// @param command the simple command
/// @param name the manager's word
/// @param manager the manager
/// @param wrapped whether `sudo`, `env` or the like stand before it
/// @param subcommand the word that says what to do; null where there is none
/// @param verb what it does; null where that has no counterpart
/// @param options options, each with its value
/// @param packages what is installed or removed
record ManagerCall(
        Command.Simple command,
        Word name,
        Manager manager,
        boolean wrapped,
        @Nullable Word subcommand,
        Manager.@Nullable Verb verb,
        List<Option> options,
        List<Word> packages) {

    private static final Set<String> WRAPPERS =
            Set.of("sudo", "env", "command", "exec", "nice", "eatmydata", "doas", "time", "builtin");

    /// An option.
    ///
    /// @param text the option's word
    /// @param word where it is
    /// @param value the word behind it that is its value; null where there is none
    record Option(String text, Word word, @Nullable Word value) {
        String valueText() {
            String own = value == null ? null : value.value();
            return own == null ? "" : own;
        }
    }

    /// The call that a command is; null where it is none.
    static @Nullable ManagerCall of(Command.Simple command) {
        List<Word> words = command.words();
        int at = 0;
        while (at < words.size()) {
            String value = words.get(at).value();
            if (value == null) {
                return null;
            }
            Manager manager = Manager.of(value);
            if (manager != null) {
                return parse(command, manager, at);
            }
            boolean wrapper = WRAPPERS.contains(value) || (at > 0 && (value.startsWith("-") || isAssignment(value)));
            if (!wrapper) {
                return null;
            }
            at++;
        }
        return null;
    }

    private static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && word.chars().limit(equals).allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    private static ManagerCall parse(Command.Simple command, Manager manager, int at) {
        List<Word> words = command.words();
        Word subcommand = null;
        List<Option> options = new ArrayList<>();
        List<Word> packages = new ArrayList<>();
        boolean onlyPackages = false;
        for (int i = at + 1; i < words.size(); i++) {
            Word word = words.get(i);
            String text = start(word);
            if (text.equals("--") && "--".equals(word.value())) {
                onlyPackages = true;
                options.add(new Option("--", word, null));
            } else if (text.startsWith("-") && text.length() > 1 && !onlyPackages) {
                boolean hasValue = word.value() != null && manager.takesValue(text) && i + 1 < words.size();
                options.add(new Option(text, word, hasValue ? words.get(++i) : null));
            } else if (subcommand == null) {
                subcommand = word;
            } else {
                packages.add(word);
            }
        }
        String verb = subcommand == null ? null : subcommand.value();
        return new ManagerCall(
                command,
                words.get(at),
                manager,
                at > 0,
                subcommand,
                verb == null ? null : manager.verb(verb),
                List.copyOf(options),
                List.copyOf(packages));
    }

    /// The text that the word starts with, up to its first expansion.
    private static String start(Word word) {
        StringBuilder text = new StringBuilder();
        for (Word.Part part : word.parts()) {
            if (!(part instanceof Word.Part.Literal literal)) {
                break;
            }
            text.append(literal.text());
        }
        return text.toString();
    }

    /// The option of one of these names; null where there is none.
    @Nullable
    Option option(String... names) {
        for (Option option : options) {
            for (String name : names) {
                if (option.text().equals(name)
                        || (name.startsWith("--") && option.text().startsWith(name + "="))) {
                    return option;
                }
            }
        }
        return null;
    }
}
