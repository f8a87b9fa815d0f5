package dev.cairn.migrate.split;

import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Word;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a container of the stage starts.
///
/// @param offset where in the file it is said; -1 where the base says it
/// @param text its words with a blank between them
/// @param commands its simple commands, `sh -c` looked into
record Start(int offset, String text, List<BuildCommand> commands) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");

    Start {
        commands = List.copyOf(commands);
    }

    /// What `ENTRYPOINT` and `CMD` say together; the last of each counts.
    static Start of(List<Step> steps) throws Refusal {
        Instruction entrypoint = last(steps, "entrypoint");
        Instruction command = last(steps, "cmd");
        Instruction first = entrypoint == null ? command : entrypoint;
        if (first == null) {
            return new Start(-1, "", List.of());
        }
        if (!first.json()) {
            return shell(first.body().text(), first.range().start());
        }
        List<String> words = new ArrayList<>(values(first));
        if (entrypoint != null && command != null && command.json()) {
            words.addAll(values(command));
        }
        return exec(words, first.range().start());
    }

    private static @Nullable Instruction last(List<Step> steps, String keyword) {
        Instruction found = null;
        for (Step each : steps) {
            found = each.instruction().is(keyword) ? each.instruction() : found;
        }
        return found;
    }

    private static List<String> values(Instruction instruction) {
        return instruction.arguments().stream()
                .map(Word::value)
                .map(SourceText::display)
                .toList();
    }

    private static Start exec(List<String> words, int offset) throws Refusal {
        if (words.size() >= 3
                && SHELLS.contains(base(words.get(0)))
                && words.get(1).matches("-[a-z]*c")) {
            return shell(words.get(2), offset);
        }
        List<@Nullable String> all = new ArrayList<>(words);
        return new Start(offset, String.join(" ", words), List.of(BuildCommand.of(all, 0)));
    }

    private static Start shell(String text, int offset) throws Refusal {
        return switch (Script.read(text)) {
            case Script.Reading.Understood understood ->
                new Start(
                        offset,
                        text.strip(),
                        Commands.in(understood.script().commands()).stream()
                                .map(BuildCommand::of)
                                .toList());
            case Script.Reading.Refused refused -> throw new Refusal(Reason.SPLIT_START_UNCLEAR, offset, "");
        };
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether the file itself says what starts.
    boolean isKnown() {
        return offset >= 0;
    }

    /// The words of the text, split at blanks.
    List<String> words() {
        List<String> words = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                if (i > begin) {
                    words.add(text.substring(begin, i));
                }
                begin = i + 1;
            }
        }
        return words;
    }
}
