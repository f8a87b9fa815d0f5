package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList.Pipeline;
import dev.cairn.migrate.shell.Word;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Scripts from elsewhere that add a repository to the old distribution: `curl … | bash -`.
///
/// One of them is understood: the one that makes `nodejs` a given version of Node, which the target has as a package of
/// its own. All others would do harm in the target, and are reported.
final class RepositoryScripts {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "sudo", "/bin/bash", "/bin/sh");

    private RepositoryScripts() {}

    /// The place that the command fetches or runs such a script from; null where it does not.
    static @Nullable String place(Command.Simple command) {
        for (Word word : command.words()) {
            String text = Housekeeping.literal(word);
            boolean node = text.contains("nodesource") && text.contains("://");
            if (node || text.endsWith(".deb.sh") || text.endsWith(".rpm.sh") || text.contains("://get.docker")) {
                return text;
            }
        }
        return null;
    }

    /// Which version of Node the pipeline makes `nodejs`; null where it does something else.
    static @Nullable String node(Pipeline pipeline) {
        if (pipeline.commands().size() != 2
                || !(pipeline.commands().getFirst() instanceof Command.Simple fetch)
                || !(pipeline.commands().getLast() instanceof Command.Simple shell)
                || !SHELLS.contains(String.valueOf(shell.name()))) {
            return null;
        }
        String place = place(fetch);
        if (place == null || !place.contains("nodesource")) {
            return null;
        }
        int start = place.indexOf("/setup_");
        int end = start < 0 ? -1 : place.indexOf(".x", start);
        if (end < 0) {
            return null;
        }
        String version = place.substring(start + 7, end);
        return !version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9') ? version : null;
    }
}
