package dev.cairn.migrate.minimise;

import dev.cairn.migrate.shell.Command.Simple;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.List;

/// A command as a person writes it.
public final class TracedCommand {
    private TracedCommand() {}

    /// The words of a plain command; anything else is the shell's.
    public static List<String> words(String text) {
        if (Script.read(text) instanceof Script.Reading.Understood(Script script)) {
            List<Simple> all = Commands.in(script.commands());
            if (all.size() == 1 && isWhole(all.getFirst(), text)) {
                List<String> words = new ArrayList<>();
                all.getFirst().words().forEach(word -> words.add(String.valueOf(word.value())));
                return words;
            }
        }
        return List.of("/bin/sh", "-c", text);
    }

    private static boolean isWhole(Simple command, String text) {
        return command.assignments().isEmpty()
                && command.redirections().isEmpty()
                && !command.words().isEmpty()
                && command.words().stream().allMatch(Word::isPlain)
                && command.start() == text.length() - text.stripLeading().length()
                && command.end() == text.stripTrailing().length();
    }
}
