package dev.cairn.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A small command that asks a registry something and prints the answer.
final class ApiCommand implements Command {
    /// What it does.
    interface Action {
        void run(Session session, RegistryApi api) throws IOException;
    }

    private final String name;
    private final String summary;
    private final List<ArgSpec> arguments;
    private final Action action;
    private final String[] examples;
    private final OptionSpec registry = RegistryApi.option();

    ApiCommand(String name, String summary, List<ArgSpec> arguments, Action action, String... examples) {
        this.name = name;
        this.summary = summary;
        this.arguments = arguments;
        this.action = action;
        this.examples = examples;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(this, name, summary, examples);
        for (ArgSpec argument : arguments) {
            if (argument instanceof OptionSpec option) {
                spec.addOption(option);
            } else if (argument instanceof PositionalParamSpec parameter) {
                spec.addPositional(parameter);
            }
        }
        return spec.addOption(registry);
    }

    @Override
    public int run(Session session) throws IOException {
        action.run(session, RegistryApi.open(session, registry));
        return ExitCode.DONE;
    }
}
