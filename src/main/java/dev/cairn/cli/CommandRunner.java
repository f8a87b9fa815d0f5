package dev.cairn.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Runs one command line: parse, do, and tell a failure in words.
final class CommandRunner {
    private final Console console;
    private final Map<String, String> environment;
    private final CommandTable table;

    CommandRunner(Console console, Map<String, String> environment, CommandTable table) {
        this.console = console;
        this.environment = environment;
        this.table = table;
    }

    /// Runs it and returns the exit code. Only errors of the machine (out of memory) are thrown.
    int run(String... args) {
        Failure failure = new Failure(console, Arrays.asList(args).contains("--debug"));
        RootCommand root = new RootCommand(table);
        try {
            CommandLine line = new CommandLine(root.spec(args)).setAbbreviatedOptionsAllowed(false);
            ParseResult parsed = line.parseArgs(args);
            return run(root, parsed);
        } catch (ParameterException e) {
            return failure.tellUsage(e, table.names());
        } catch (Exception e) {
            return failure.tell(e);
        }
    }

    private int run(RootCommand root, ParseResult parsed) throws Exception {
        ParseResult last = parsed;
        boolean help = parsed.isUsageHelpRequested();
        while (last.hasSubcommand()) {
            last = last.subcommand();
            help |= last.isUsageHelpRequested();
        }
        if (parsed.isVersionHelpRequested()) {
            console.out().println(Version.text());
            return ExitCode.DONE;
        }
        if (!help
                && last.commandSpec().userObject() instanceof Command command
                && command.subcommands().isEmpty()) {
            return command.run(root.session(console, environment));
        }
        last.commandSpec().commandLine().usage(console.out(), console.outColour() ? Ansi.ON : Ansi.OFF);
        return ExitCode.DONE;
    }

    /// The specification of everything, for the reference page.
    static CommandLine everything(CommandTable table) {
        List<String> none = List.of();
        return new CommandLine(new RootCommand(table).spec(none.toArray(String[]::new)));
    }
}
