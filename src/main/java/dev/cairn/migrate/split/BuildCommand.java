package dev.cairn.migrate.split;

import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A simple command of a RUN.
///
/// @param kind what it does
/// @param name its name without folders, wrappers such as `sudo` taken off; empty where it is an assignment alone
/// @param words its words behind the name; null stands for one that is known only when it runs
/// @param start where it starts in the script
record BuildCommand(CommandKind kind, String name, List<@Nullable String> words, int start) {
    private static final Set<String> WRAPPERS = Set.of("sudo", "exec", "time", "nice", "command");

    static BuildCommand of(Command.Simple simple) {
        List<@Nullable String> words = new ArrayList<>();
        for (Word each : simple.words()) {
            words.add(each.value());
        }
        return of(words, simple.start());
    }

    static BuildCommand of(List<@Nullable String> all, int start) {
        int first = 0;
        while (first < all.size() - 1 && isWrapper(all, first)) {
            first++;
        }
        if (all.isEmpty()) {
            return new BuildCommand(CommandKind.NEUTRAL, "", List.of(), start);
        }
        String path = all.get(first);
        String name = path == null ? null : path.substring(path.lastIndexOf('/') + 1);
        List<@Nullable String> rest = new ArrayList<>(all.subList(first + 1, all.size()));
        return new BuildCommand(CommandKind.of(name), name == null ? "" : name, rest, start);
    }

    private static boolean isWrapper(List<@Nullable String> all, int index) {
        String word = all.get(index);
        if (word == null) {
            return false;
        }
        return WRAPPERS.contains(word)
                || (word.equals("env") && all.size() > 1)
                || (index > 0 && "env".equals(all.get(0)) && word.indexOf('=') > 0);
    }

    /// Whether one of its words is this.
    boolean has(String word) {
        return words.contains(word);
    }

    /// Whether a word starts with this.
    boolean hasPrefix(String prefix) {
        return words.stream().anyMatch(each -> each != null && each.startsWith(prefix));
    }

    /// The value of an option, written `-o value`, `-o=value` or `--option value`; null where it is not there.
    @Nullable
    String option(String... names) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            for (String name : names) {
                if (name.equals(word)) {
                    return i + 1 < words.size() ? words.get(i + 1) : null;
                }
                if (word != null && word.startsWith(name + "=")) {
                    return word.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    /// The words that are no options, in order; null stands for one that is known only when it runs.
    List<@Nullable String> operands() {
        List<@Nullable String> found = new ArrayList<>();
        for (String each : words) {
            if (each == null || !each.startsWith("-")) {
                found.add(each);
            }
        }
        return found;
    }

    /// The paths that it changes, for a command of files: mode and owner in front left out.
    List<@Nullable String> changedPaths() {
        List<@Nullable String> operands = operands();
        boolean modeFirst = name.equals("chmod") || name.equals("chown") || name.equals("chgrp") || name.equals("sed");
        if (modeFirst && !operands.isEmpty()) {
            return operands.subList(1, operands.size());
        }
        boolean lastOnly = name.equals("cp") || name.equals("ln") || name.equals("install");
        return lastOnly && operands.size() > 1 && !has("-d")
                ? operands.subList(operands.size() - 1, operands.size())
                : operands;
    }
}
