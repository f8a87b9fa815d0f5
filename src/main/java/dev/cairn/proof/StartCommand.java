package dev.cairn.proof;

import dev.cairn.oci.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A start command in a form in which the same command looks the same: entrypoint and arguments in one, and a shell
/// form of plain words as these words.
final class StartCommand {
    private static final String SPECIAL = "|&;<>()$`\\\"'*?[]#~=%{}!\n";

    private StartCommand() {}

    static List<String> words(Execution execution) {
        List<String> all = new ArrayList<>(execution.entrypoint());
        all.addAll(execution.cmd());
        boolean shell = all.size() == 3
                && (all.getFirst().equals("/bin/sh") || all.getFirst().equals("sh"))
                && all.get(1).equals("-c");
        if (!shell || all.get(2).chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
            return all;
        }
        List<String> words = new ArrayList<>(Arrays.asList(all.get(2).strip().split("\\s+")));
        if (words.size() > 1 && words.getFirst().equals("exec")) {
            words.removeFirst();
        }
        return words;
    }
}
