package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.shell.Assignment;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.CommandList.Pipeline;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Redirection;
import dev.cairn.migrate.shell.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The idiom by which Debian's images take the packages of a build away again: the marks of apt are saved, set anew
/// with
/// what `ldd` finds, and everything unmarked is purged. apk knows no marks: what was asked for by name stays, so that
/// the whole idiom goes and the packages are kept.
final class AptMarks {
    private static final Set<String> SETTERS = Set.of("auto", "manual", "hold", "unhold", "minimize-manual");
    private static final Set<String> SHOWERS = Set.of("showmanual", "showauto", "showhold");
    private static final Set<String> READERS = Set.of(
            "awk",
            "gawk",
            "mawk",
            "sort",
            "uniq",
            "cut",
            "sed",
            "tr",
            "grep",
            "egrep",
            "fgrep",
            "head",
            "tail",
            "cat",
            "echo",
            "printf",
            "ldd",
            "dpkg-query");

    private final Set<String> saved = new HashSet<>();

    /// @param script every simple command of the script
    AptMarks(List<Command.Simple> script) {
        Set<String> misused = new HashSet<>();
        for (Command.Simple command : script) {
            for (Assignment assignment : command.assignments()) {
                boolean marks = command.words().isEmpty() && isShown(assignment);
                (marks ? saved : misused).add(assignment.name());
            }
            if (!isMark(command) && !isTest(command)) {
                command.words().forEach(word -> misused.addAll(names(word)));
            }
            command.assignments().forEach(a -> a.values().forEach(word -> misused.addAll(names(word))));
        }
        saved.removeAll(misused);
    }

    /// Whether the command only sets or shows marks.
    static boolean isMark(Command.Simple command) {
        List<Word> words = command.words();
        if (words.size() < 2 || !"apt-mark".equals(command.name())) {
            return false;
        }
        String verb = String.valueOf(words.get(1).value());
        return (SETTERS.contains(verb) || SHOWERS.contains(verb))
                && command.redirections().stream().allMatch(AptMarks::isToNowhere);
    }

    /// Whether the command is nothing but `saved="$(apt-mark showmanual)"`.
    boolean isSaving(Command.Simple command) {
        return command.words().isEmpty()
                && !command.assignments().isEmpty()
                && command.assignments().stream().allMatch(a -> saved.contains(a.name()) && isShown(a));
    }

    /// Whether the pipeline only finds out which packages to mark.
    static boolean isFeed(Pipeline pipeline) {
        List<Command> commands = pipeline.commands();
        if (commands.size() < 2
                || !(commands.getLast() instanceof Command.Simple last)
                || !"xargs".equals(last.name())
                || last.words().stream().noneMatch(word -> word.is("apt-mark"))) {
            return false;
        }
        return commands.subList(0, commands.size() - 1).stream().allMatch(AptMarks::isReader);
    }

    /// Whether the pipeline only looks at the saved marks: `[ -z "$saved" ]`.
    boolean isTestOfSaved(Pipeline pipeline) {
        if (pipeline.commands().size() != 1
                || !(pipeline.commands().getFirst() instanceof Command.Simple test)
                || !isTest(test)) {
            return false;
        }
        Set<String> names = new HashSet<>();
        test.words().forEach(word -> names.addAll(names(word)));
        return !names.isEmpty() && saved.containsAll(names);
    }

    /// Whether all of the list only looks at the saved marks.
    boolean isTestOfSaved(CommandList list) {
        return !list.items().isEmpty()
                && list.items().stream()
                        .flatMap(item -> item.command().pipelines().stream())
                        .allMatch(this::isTestOfSaved);
    }

    private static boolean isReader(Command command) {
        if (!(command instanceof Command.Simple simple) || simple.name() == null) {
            return false;
        }
        boolean quiet = simple.redirections().stream().allMatch(AptMarks::isToNowhere);
        return quiet
                && switch (simple.name()) {
                    case "find" -> isSearch(simple.words());
                    case "xargs" ->
                        simple.words().stream()
                                .anyMatch(w -> w.is("dpkg-query") || w.is("dpkg") || w.is("ldd") || w.is("readlink"));
                    default -> READERS.contains(simple.name());
                };
    }

    private static boolean isSearch(List<Word> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = String.valueOf(words.get(i).value());
            boolean runs = word.equals("-exec") || word.equals("-execdir") || word.equals("-ok");
            boolean harmless = i + 1 < words.size() && words.get(i + 1).is("ldd");
            if (word.equals("-delete") || word.startsWith("-fprint") || (runs && !harmless)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTest(Command.Simple command) {
        return "[".equals(command.name()) || "test".equals(command.name());
    }

    private static boolean isToNowhere(Redirection redirection) {
        return redirection.target().is("/dev/null")
                || redirection.target().is("/dev/stderr")
                || redirection.target().is("1")
                || redirection.target().is("2");
    }

    private static boolean isShown(Assignment assignment) {
        if (assignment.append() || assignment.array() || assignment.values().size() != 1) {
            return false;
        }
        Word value = assignment.values().getFirst();
        boolean text = value.parts().stream()
                .anyMatch(part -> part instanceof Word.Part.Literal literal
                        && !literal.text().isEmpty());
        List<CommandList> inner = Commands.in(value);
        if (text || inner.size() != 1) {
            return false;
        }
        List<Command.Simple> commands = Commands.in(inner.getFirst());
        return commands.size() == 1
                && isMark(commands.getFirst())
                && SHOWERS.contains(
                        String.valueOf(commands.getFirst().words().get(1).value()));
    }

    private static Set<String> names(Word word) {
        Set<String> names = new HashSet<>();
        for (Word.Part part : word.parts()) {
            if (part instanceof Word.Part.Parameter parameter) {
                names.add(parameter.name());
            }
        }
        return names;
    }
}
