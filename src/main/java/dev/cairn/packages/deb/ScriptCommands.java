package dev.cairn.packages.deb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The simple commands of a shell script whose words are known without running it: texts, variables that were assigned
/// such texts, and `for` loops over them. Nothing is executed and no condition is decided: every branch is read.
final class ScriptCommands {
    private static final int MOST_STEPS = 20_000;
    private static final Set<String> KEYWORDS = Set.of("then", "do", "else", "elif", "if", "while", "until", "!", "{");

    private final List<List<ScriptWords.Word>> commands;
    private final Map<String, String> variables = new HashMap<>();
    private int steps;

    ScriptCommands(String script) {
        commands = new ScriptWords(script).commands();
    }

    /// The words of every command of this name, the name included, in the order of execution.
    List<List<String>> commands(String name) {
        List<List<String>> found = new ArrayList<>();
        run(0, commands.size(), name, found);
        return found;
    }

    private void run(int from, int to, String name, List<List<String>> found) {
        for (int i = from; i < to && steps++ < MOST_STEPS; i++) {
            List<ScriptWords.Word> command = withoutKeywords(commands.get(i));
            if (command.isEmpty()) {
                continue;
            }
            if (command.getFirst().is("for") && command.size() > 2) {
                int end = end(i, to);
                loop(command, i + 1, end, name, found);
                i = end;
            } else {
                simple(command, name, found);
            }
        }
    }

    private static List<ScriptWords.Word> withoutKeywords(List<ScriptWords.Word> command) {
        int first = 0;
        while (first < command.size() && KEYWORDS.stream().anyMatch(command.get(first)::is)) {
            first++;
        }
        return command.subList(first, command.size());
    }

    /// Where the `done` of the loop is that begins at `start`.
    private int end(int start, int to) {
        int depth = 0;
        for (int i = start; i < to; i++) {
            for (ScriptWords.Word word : commands.get(i)) {
                if (word.is("for") || word.is("while") || word.is("until")) {
                    depth++;
                    break;
                }
                if (word.is("done")) {
                    depth--;
                    break;
                }
                if (KEYWORDS.stream().noneMatch(word::is)) {
                    break;
                }
            }
            if (depth == 0) {
                return i;
            }
        }
        return to;
    }

    private void loop(List<ScriptWords.Word> head, int from, int to, String name, List<List<String>> found) {
        String variable = head.get(1).text();
        Set<String> values = new LinkedHashSet<>();
        for (ScriptWords.Word word : head.subList(Math.min(3, head.size()), head.size())) {
            Optional<String> text = word.expand(variables);
            if (text.isPresent()) {
                values.addAll(word.quoted() ? List.of(text.get()) : split(text.get()));
            }
        }
        for (String value : values) {
            if (steps++ >= MOST_STEPS) {
                return;
            }
            variables.put(variable, value);
            run(from, to, name, found);
        }
        variables.remove(variable);
    }

    private void simple(List<ScriptWords.Word> command, String name, List<List<String>> found) {
        int first = 0;
        while (first < command.size() && command.get(first).assigns()) {
            assign(command.get(first), command.size() == 1);
            first++;
        }
        if (first >= command.size()) {
            return;
        }
        if (command.get(first).is("unset")) {
            command.subList(first + 1, command.size()).forEach(each -> variables.put(each.text(), ""));
            return;
        }
        if (command.get(first).is("local")
                || command.get(first).is("export")
                || command.get(first).is("readonly")) {
            command.subList(first + 1, command.size()).stream()
                    .filter(ScriptWords.Word::assigns)
                    .forEach(each -> assign(each, true));
            return;
        }
        words(command.subList(first, command.size()), name).ifPresent(found::add);
    }

    private Optional<List<String>> words(List<ScriptWords.Word> command, String name) {
        Optional<String> program = command.getFirst().expand(variables);
        if (program.isEmpty() || !(program.get().equals(name) || program.get().endsWith("/" + name))) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (ScriptWords.Word word : command) {
            Optional<String> text = word.expand(variables);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            words.addAll(word.quoted() || !word.hasVariables() ? List.of(text.get()) : split(text.get()));
        }
        return Optional.of(words);
    }

    private void assign(ScriptWords.Word word, boolean lasting) {
        if (!lasting) {
            return;
        }
        // What can't be known may stand in a branch that is not taken: the value from before stays.
        int equals = word.text().indexOf('=');
        String variable = word.text().substring(0, equals);
        word.expand(variables).ifPresent(value -> variables.put(variable, value.substring(equals + 1)));
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        for (String each : text.split("[ \t\n]+", -1)) {
            if (!each.isEmpty()) {
                words.add(each);
            }
        }
        return words;
    }
}
