package dev.cairn.cli;

import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Repositories;
import dev.cairn.image.definition.Definition;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.core.JsonGenerator;

/// `cairn resolve`: what would be installed, or why that is impossible.
final class ResolveCommand implements Command {
    static final String NAME = "resolve";

    private final RepositoryOption repositories = new RepositoryOption();
    private final DefinitionOptions options = new DefinitionOptions();
    private final OutputOption output = new OutputOption();
    private final PositionalParamSpec words = Spec.parameters(
            0, "DEFINITION|PACKAGE", "A definition; or, with --repository, the packages that are wanted.", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Show what would be installed, one name=version a line in install order; exit code 1 and the reasons"
                        + " when there is no solution.",
                "cairn resolve examples/redis.yaml",
                "cairn resolve --repository 'deb trixie main' -- curl ca-certificates",
                "cairn resolve --repository https://packages.example.org/os --keyring os.rsa.pub -- 'curl>8' !bash");
        return options.addTo(spec.addOption(repositories.spec()))
                .addOption(output.spec())
                .addPositional(words);
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        List<String> given = List.of(words.<String[]>getValue());
        Resolution resolution;
        String architecture;
        try (Progress progress = session.progress("resolving")) {
            Repositories all = Workshop.open(session, options, progress).repositories();
            PackageSource source;
            List<String> world = given;
            if (repositories.isGiven()) {
                source = repositories.open(all, options);
            } else {
                Definition definition = options.read(Path.of(onlyOne(given)));
                source = RepositoryOption.open(all, definition);
                world = ImageBuilder.world(definition, source);
            }
            architecture = source.architecture();
            resolution = source.resolve(world);
        }
        if (json) {
            Json.print(session.console().out(), content -> write(content, resolution, architecture));
        }
        // no switch over types here: its bootstrap costs time at every start
        if (resolution instanceof Resolution.Unsolvable unsolvable) {
            if (!json) {
                Reasons.print(session, unsolvable);
            }
            return ExitCode.NO;
        }
        if (!json && resolution instanceof Resolution.Solved solved) {
            print(session.console().out(), solved);
        }
        return ExitCode.DONE;
    }

    private static String onlyOne(List<String> given) {
        if (given.size() > 1) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "one definition is resolved at a time\n" + "try: cairn resolve --repository … -- "
                            + String.join(" ", given));
        }
        return given.getFirst();
    }

    private static void print(PrintStream out, Resolution.Solved solved) {
        for (ResolvedPackage each : solved.packages()) {
            out.print(each.pin());
            out.print('\n');
        }
    }

    private static void write(JsonGenerator json, Resolution resolution, String architecture) {
        json.writeStartObject();
        json.writeStringProperty("architecture", architecture);
        switch (resolution) {
            case Resolution.Solved solved -> {
                json.writeBooleanProperty("solved", true);
                json.writeArrayPropertyStart("packages");
                for (ResolvedPackage each : solved.packages()) {
                    write(json, each);
                }
            }
            case Resolution.Unsolvable unsolvable -> {
                json.writeBooleanProperty("solved", false);
                json.writeArrayPropertyStart("reasons");
                for (String each : unsolvable.reasons()) {
                    json.writeString(each);
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ResolvedPackage each) {
        json.writeStartObject();
        json.writeStringProperty("ecosystem", each.ecosystem().id());
        json.writeStringProperty("name", each.name());
        json.writeStringProperty("version", each.version());
        json.writeStringProperty("architecture", each.architecture());
        json.writeStringProperty("origin", each.origin());
        json.writeStringProperty("originVersion", each.originVersion());
        json.writeStringProperty("repository", each.repository());
        json.writeStringProperty("path", each.path());
        json.writeNumberProperty("size", each.size());
        json.writeStringProperty("checksum", each.checksum());
        json.writeNumberProperty("installedSize", each.installedSize());
        json.writeEndObject();
    }
}
