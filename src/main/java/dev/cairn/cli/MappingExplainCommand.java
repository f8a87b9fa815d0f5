package dev.cairn.cli;

import dev.cairn.mapping.CustomRows;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Evidence;
import dev.cairn.mapping.Outcome;
import dev.cairn.mapping.PackageNames;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn mapping explain`: what a package is called elsewhere, how sure that is, and why.
final class MappingExplainCommand implements Command {
    private static final String KNOWN = "debian, ubuntu, fedora, rhel, alpine or wolfi";

    private final OptionSpec from = Spec.textBuilder(
                    "DISTRIBUTION", "Where the names are from: " + KNOWN + ".", "--from")
            .initialValue("debian")
            .build();
    private final OptionSpec to = Spec.textBuilder("DISTRIBUTION", "Where they are wanted.", "--to")
            .initialValue("wolfi")
            .build();
    private final OptionSpec rows = Spec.text("FILE", "Your own rows, which win.", "--names");
    private final OutputOption output = new OutputOption();
    private final PositionalParamSpec names = Spec.parameters(0, "NAME", "Packages.", true);

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "explain",
                        "Say what packages are called in another distribution, and why.",
                        "cairn mapping explain python3-dev --from debian --to wolfi",
                        "cairn mapping explain openssl-devel gcc-c++ --from rhel --to alpine",
                        "cairn mapping explain our-agent --names names.yaml")
                .addOption(from)
                .addOption(to)
                .addOption(rows)
                .addOption(output.spec())
                .addPositional(names);
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        Distribution source = distribution(from.getValue());
        Distribution target = distribution(to.getValue());
        String file = rows.getValue();
        PackageNames table = file == null
                ? PackageNames.builtIn()
                : PackageNames.builtIn().withCustom(CustomRows.read(Path.of(file)));
        String[] asked = names.getValue();
        List<Answer> answers = java.util.Arrays.stream(asked)
                .map(name -> new Answer(name, table.outcome(name, source, target)))
                .toList();
        if (json) {
            printJson(session.console().out(), answers);
        } else {
            answers.forEach(answer -> print(session.console(), answer, target));
        }
        boolean unknown = answers.stream().anyMatch(answer -> answer.outcome() instanceof Outcome.Unknown);
        return unknown ? ExitCode.NO : ExitCode.DONE;
    }

    private record Answer(String name, Outcome outcome) {}

    private static Distribution distribution(String text) {
        return Distribution.parse(text)
                .orElseThrow(() ->
                        new CliException(CliException.Code.USAGE, "no distribution '" + text + "'\ntry: " + KNOWN));
    }

    private static void print(Console console, Answer answer, Distribution target) {
        PrintStream out = console.out();
        String name = console.styled(Console.Style.BOLD, answer.name());
        switch (answer.outcome()) {
            case Outcome.Mapped(List<String> written, int confidence, List<Evidence> evidence) -> {
                out.print(name + " is " + String.join(" ", written) + " in " + target + " (confidence " + confidence
                        + " of 100)\n");
                evidence.forEach(each -> out.print("  " + each + "\n"));
            }
            case Outcome.Same() -> out.print(name + " is " + answer.name() + " in " + target + ": the same name\n");
            case Outcome.Dropped(String rule, String why) ->
                out.print(name + " is not needed in " + target + ": " + why + " (" + rule + ")\n");
            case Outcome.Unknown(List<String> nearest) -> {
                String near = nearest.isEmpty() ? "" : "; near it: " + String.join(" ", nearest);
                out.print(name + " is not known in " + target + near + "\n");
            }
        }
    }

    private static void printJson(PrintStream out, List<Answer> answers) {
        Json.print(out, json -> {
            json.writeStartArray();
            for (Answer answer : answers) {
                json.writeStartObject();
                json.writeStringProperty("name", answer.name());
                switch (answer.outcome()) {
                    case Outcome.Mapped(List<String> written, int confidence, List<Evidence> evidence) -> {
                        json.writeStringProperty("outcome", "mapped");
                        strings(json, "names", written);
                        json.writeNumberProperty("confidence", confidence);
                        strings(
                                json,
                                "evidence",
                                evidence.stream().map(Evidence::toString).toList());
                    }
                    case Outcome.Same() -> json.writeStringProperty("outcome", "same");
                    case Outcome.Dropped(String rule, String why) -> {
                        json.writeStringProperty("outcome", "dropped");
                        json.writeStringProperty("rule", rule);
                        json.writeStringProperty("why", why);
                    }
                    case Outcome.Unknown(List<String> nearest) -> {
                        json.writeStringProperty("outcome", "unknown");
                        strings(json, "nearest", nearest);
                    }
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void strings(tools.jackson.core.JsonGenerator json, String key, List<String> values) {
        json.writeName(key);
        json.writeStartArray();
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
