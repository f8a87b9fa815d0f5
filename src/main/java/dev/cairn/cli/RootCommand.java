package dev.cairn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `cairn` itself: the options that every command has, and the commands below it.
final class RootCommand {
    static final String NAME = "cairn";

    private final OptionSpec help =
            Spec.flagBuilder("Show this help.", "-h", "--help").usageHelp(true).build();
    private final OptionSpec quiet = Spec.flag("Print results and errors only.", "-q", "--quiet");
    private final OptionSpec offline = Spec.flag("Use what the cache holds; never reach for the network.", "--offline");
    private final OptionSpec cache = Spec.text(
            "DIR", "Keep downloads and derived data in DIR (else CAIRN_CACHE, else ~/.cache/cairn).", "--cache");
    private final OptionSpec debug = Spec.flag("On an error, print its stack trace too.", "--debug");
    /// May stand before or behind the command's name.
    private final List<OptionSpec> shared = List.of(help, quiet, offline, cache, debug);

    private final OptionSpec version = Spec.flagBuilder("Show Cairn's version.", "--version")
            .versionHelp(true)
            .build();

    private final CommandTable table;

    RootCommand(CommandTable table) {
        this.table = table;
    }

    /// The specification with those commands set up that the command line mentions: all of them where it mentions
    /// none, which is so for `--help` and for a mistyped name.
    CommandSpec spec(String[] args) {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Hardened container images from apk and deb packages.",
                "cairn build examples/redis.yaml",
                "cairn resolve examples/redis.yaml",
                "cairn COMMAND --help");
        spec.usageMessage().synopsisSubcommandLabel("COMMAND").optionListHeading("%nOptions of every command:%n");
        for (OptionSpec option : shared) {
            spec.addOption(option);
        }
        spec.addOption(version);
        List<String> given = Arrays.asList(args);
        List<String> mentioned = new ArrayList<>(table.names());
        mentioned.retainAll(given);
        for (String name : mentioned.isEmpty() ? table.names() : mentioned) {
            add(spec, Objects.requireNonNull(table.named(name), name));
        }
        return spec;
    }

    private void add(CommandSpec parent, Command command) {
        CommandSpec spec = command.spec();
        for (OptionSpec option : shared) {
            // picocli's own inheritance would list them in every command's help
            spec.addOption(OptionSpec.builder(option)
                    .inherited(true)
                    .root(option)
                    .hidden(true)
                    .build());
        }
        for (Command below : command.subcommands()) {
            add(spec, below);
        }
        parent.addSubcommand(spec.name(), spec);
    }

    Session session(Console console, Map<String, String> environment) {
        String folder = cache.getValue();
        return new Session(
                console,
                environment,
                folder == null ? null : Path.of(folder),
                offline.<Boolean>getValue(),
                quiet.<Boolean>getValue());
    }
}
