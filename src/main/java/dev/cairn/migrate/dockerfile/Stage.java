package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A build stage: a `FROM` and the instructions up to the next one.
///
/// @param index its number, from 0
/// @param from its `FROM`
/// @param image the image or stage that it builds on, as written; its value is empty where `FROM` has none
/// @param name the name behind `AS`; null where there is none
/// @param instructions what follows, `FROM` left out
public record Stage(
        int index, Instruction from, Word image, @Nullable Word name, List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    /// The stages of a file, in order.
    public static List<Stage> of(Dockerfile file) {
        List<Stage> stages = new ArrayList<>();
        List<Instruction> instructions = file.instructions();
        int i = 0;
        while (i < instructions.size()) {
            if (!instructions.get(i).is("from")) {
                i++;
                continue;
            }
            int end = i + 1;
            while (end < instructions.size() && !instructions.get(end).is("from")) {
                end++;
            }
            stages.add(stage(stages.size(), instructions.get(i), instructions.subList(i + 1, end)));
            i = end;
        }
        return stages;
    }

    /// The `ARG`s before the first `FROM`: those that a `FROM` sees.
    public static List<Instruction> globalArguments(Dockerfile file) {
        return file.instructions().stream()
                .takeWhile(i -> !i.is("from"))
                .filter(i -> i.is("arg"))
                .toList();
    }

    private static Stage stage(int index, Instruction from, List<Instruction> rest) {
        List<Word> words = from.arguments();
        Word image = words.isEmpty() ? new Word("", ByteRange.at(from.range().end())) : words.getFirst();
        boolean named = words.size() == 3 && words.get(1).value().equalsIgnoreCase("as");
        return new Stage(index, from, image, named ? words.get(2) : null, rest);
    }

    /// Whether `reference`, as written in `FROM`, `COPY --from` or `RUN --mount=from`, names this stage by its name.
    public boolean isNamed(String reference) {
        return name != null && name.value().toLowerCase(Locale.ROOT).equals(reference.toLowerCase(Locale.ROOT));
    }

    /// The last stage before this one, among `stages`, that the reference names; null where it names none.
    public @Nullable Stage earlier(List<Stage> stages, String reference) {
        for (int i = index - 1; i >= 0; i--) {
            if (stages.get(i).isNamed(reference)) {
                return stages.get(i);
            }
        }
        return null;
    }

    /// Whether a `RUN` is in it.
    public boolean hasRun() {
        return instructions.stream().anyMatch(i -> i.is("run"));
    }
}
