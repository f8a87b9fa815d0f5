package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.shell.Assignment;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Redirection;
import dev.cairn.migrate.shell.Word;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a script only bash understands, and busybox's shell does not.
final class BashNeeds {
    private BashNeeds() {}

    /// What it is; null where there is nothing.
    static @Nullable String of(CommandList list, Set<String> builtins) {
        for (Command.Simple command : Commands.in(list)) {
            String name = command.name();
            if (name != null && builtins.contains(name)) {
                return name;
            }
            for (Assignment assignment : command.assignments()) {
                if (assignment.array()) {
                    return "an array";
                }
            }
            for (Redirection redirection : command.redirections()) {
                if (redirection.operator().equals("<<<")) {
                    return "<<<";
                }
            }
            for (Word word : command.words()) {
                if (isBraceList(word)) {
                    return "{a,b}";
                }
            }
        }
        return null;
    }

    private static boolean isBraceList(Word word) {
        for (Word.Part part : word.parts()) {
            if (part instanceof Word.Part.Literal literal && !literal.quoted()) {
                int open = literal.text().indexOf('{');
                int close = literal.text().indexOf('}', Math.max(0, open));
                int comma = literal.text().indexOf(',', Math.max(0, open));
                if (open >= 0 && close > open && comma > open && comma < close) {
                    return true;
                }
            }
        }
        return false;
    }
}
