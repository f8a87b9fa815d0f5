package dev.cairn.cli;

import dev.cairn.image.Repositories;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.SearchHit;
import dev.cairn.packages.SearchQuery;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn search`: packages by name, command, library, pkg-config module or path.
final class SearchCommand implements Command {
    static final String NAME = "search";
    private static final String DEFAULT = "deb trixie main";

    private final RepositoryOption repositories = new RepositoryOption();
    private final DefinitionOptions options = new DefinitionOptions();
    private final OutputOption output = new OutputOption();
    private final OptionSpec definition =
            Spec.text("FILE", "Search the repositories of this definition.", "-f", "--definition");
    private final PositionalParamSpec query =
            Spec.parameter(0, "QUERY", "A part of a name, cmd:COMMAND, so:LIBRARY, pc:MODULE or /PATH.", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Find packages: those of a definition's repositories, of --repository, else of '" + DEFAULT + "'.",
                "cairn search redis",
                "cairn search cmd:curl",
                "cairn search so:libssl.so.3 --repository https://packages.example.org/os --keyring os.rsa.pub",
                "cairn search /usr/bin/env -f examples/python.yaml");
        return options.addTo(spec.addOption(definition).addOption(repositories.spec()))
                .addOption(output.spec())
                .addPositional(query);
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        String text = query.getValue();
        String file = definition.getValue();
        List<SearchHit> hits;
        try (Progress progress = session.progress("searching")) {
            Repositories all = Workshop.open(session, options, progress).repositories();
            PackageSource source = file == null
                    ? repositories.open(all, options, DEFAULT)
                    : RepositoryOption.open(all, options.read(Path.of(file)));
            hits = source.search(SearchQuery.parse(text), session::warn);
        }
        if (json) {
            printJson(session.console().out(), hits);
        } else {
            printText(session.console(), hits);
        }
        if (hits.isEmpty()) {
            session.say("cairn: no package matches '" + text + "'");
        }
        return hits.isEmpty() ? ExitCode.NO : ExitCode.DONE;
    }

    private static void printText(Console console, List<SearchHit> hits) {
        for (SearchHit hit : hits) {
            String line = console.styled(Console.Style.BOLD, hit.name()) + "=" + hit.version();
            String why = hit.why().isEmpty() ? "" : "  " + hit.why();
            String description = hit.description().isEmpty() ? "" : "  " + hit.description();
            console.out().print(line + why + console.styled(Console.Style.DIM, description) + "\n");
        }
    }

    private static void printJson(PrintStream out, List<SearchHit> hits) {
        Json.print(out, json -> {
            json.writeStartArray();
            for (SearchHit hit : hits) {
                json.writeStartObject();
                json.writeStringProperty("name", hit.name());
                json.writeStringProperty("version", hit.version());
                json.writeStringProperty("why", hit.why());
                json.writeStringProperty("description", hit.description());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
