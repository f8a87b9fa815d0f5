package dev.cairn.migrate.shell;

import dev.cairn.migrate.shell.Command.Compound;
import dev.cairn.migrate.shell.Command.Simple;
import java.util.ArrayList;
import java.util.List;

/// Walks a script.
public final class Commands {
    private Commands() {}

    /// All simple commands, those inside of expansions included, in the order of their starts.
    public static List<Simple> in(CommandList list) {
        List<Simple> found = new ArrayList<>();
        collect(list, found);
        found.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return found;
    }

    private static void collect(CommandList list, List<Simple> into) {
        for (CommandList.Item item : list.items()) {
            for (CommandList.Pipeline pipeline : item.command().pipelines()) {
                pipeline.commands().forEach(command -> collect(command, into));
            }
        }
    }

    private static void collect(Command command, List<Simple> into) {
        command.redirections().forEach(redirection -> collect(redirection.target(), into));
        switch (command) {
            case Simple simple -> {
                into.add(simple);
                simple.words().forEach(word -> collect(word, into));
                simple.assignments().forEach(assigned -> assigned.values().forEach(word -> collect(word, into)));
            }
            case Compound compound -> {
                compound.head().forEach(word -> collect(word, into));
                compound.lists().forEach(inner -> collect(inner, into));
            }
        }
    }

    /// All `for` loops outside of expansions, in the order of their starts.
    public static List<Compound> loops(CommandList list) {
        List<Compound> found = new ArrayList<>();
        for (CommandList.Item item : list.items()) {
            for (CommandList.Pipeline pipeline : item.command().pipelines()) {
                for (Command command : pipeline.commands()) {
                    if (command instanceof Compound compound) {
                        if (compound.kind() == Command.Kind.FOR) {
                            found.add(compound);
                        }
                        compound.lists().forEach(inner -> found.addAll(loops(inner)));
                    }
                }
            }
        }
        return found;
    }

    /// The lists of commands that a word runs when it is expanded.
    public static List<CommandList> in(Word word) {
        List<CommandList> lists = new ArrayList<>();
        for (Word.Part part : word.parts()) {
            switch (part) {
                case Word.Part.Literal literal -> {}
                case Word.Part.Parameter parameter -> lists.addAll(parameter.inner());
                case Word.Part.Arithmetic arithmetic -> lists.addAll(arithmetic.inner());
                case Word.Part.Substitution substitution -> {
                    if (substitution.commands() != null) {
                        lists.add(substitution.commands());
                    }
                }
            }
        }
        return lists;
    }

    private static void collect(Word word, List<Simple> into) {
        in(word).forEach(list -> collect(list, into));
    }
}
