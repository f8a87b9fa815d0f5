package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an image starts.
final class StartCommand {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private StartCommand() {}

    /// The program that a container starts: the entrypoint's first word, else that of `cmd`; null when there is none.
    static @Nullable String program(Definition definition) {
        List<String> entrypoint = definition.entrypoint().argv();
        if (!entrypoint.isEmpty()) {
            return entrypoint.getFirst();
        }
        return definition.cmd().isEmpty() ? null : definition.cmd().getFirst();
    }

    /// What to say where the program is nowhere in the image; nothing where there is none.
    static Optional<String> missing(Definition definition, ImageTree tree) {
        String program = program(definition);
        boolean relative = program != null && program.contains("/") && !program.startsWith("/");
        if (program == null
                || relative
                || candidates(program).stream().anyMatch(each -> tree.hasFile(each.substring(each.indexOf('/') + 1)))) {
            return Optional.empty();
        }
        return Optional.of("the image starts " + program + ", which is not in it");
    }

    /// Where a program may lie: at its path, or in the directories of the default PATH.
    static List<String> candidates(String program) {
        if (program.contains("/")) {
            return List.of(program);
        }
        return List.of(PATH.split(":", -1)).stream()
                .map(each -> each + "/" + program)
                .toList();
    }
}
