package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn cache clean`: delete all or parts of the cache. What is needed again is fetched or made again.
final class CacheCleanCommand implements Command {
    private final PositionalParamSpec parts = Spec.parameters(
            0, "PART", "Parts to delete, as 'cairn cache info' names them; all when none is given.", false);

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "clean",
                        "Delete what is kept. What is needed again is downloaded or made again.",
                        "cairn cache clean",
                        "cairn cache clean records partial")
                .addPositional(parts);
    }

    @Override
    public int run(Session session) throws IOException {
        List<String> known = CacheUse.parts();
        String[] wanted = parts.getValue();
        for (String part : wanted) {
            if (!known.contains(part)) {
                String nearest = Text.nearest(part, known);
                throw new CliException(
                        CliException.Code.USAGE,
                        "the cache has no part '" + part + "'\ntry: "
                                + (nearest == null ? String.join(", ", known) : nearest));
            }
        }
        CacheDirectory cache = session.cacheDirectory();
        long bytes = 0;
        for (String part : wanted.length == 0 ? known : List.of(wanted)) {
            bytes += CacheUse.clean(cache, part).bytes();
        }
        session.say("deleted " + Text.bytes(bytes) + " from " + cache.root());
        return ExitCode.DONE;
    }
}
