package dev.cairn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/// `cairn` itself: the options that every command has, and the commands below it.
final class RootCommand {
    static final String NAME = "cairn";

    private final OptionSpec help = Spec.flagBuilder("Show this help.", "-h", "--help")
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec version = Spec.flagBuilder("Show Cairn's version.", "--version")
            .versionHelp(true)
            .build();
    private final OptionSpec quiet = Spec.flagBuilder("Print results and errors only.", "-q", "--quiet")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec offline = Spec.flagBuilder(
                    "Use what the cache holds; never reach for the network.", "--offline")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec cache = Spec.textBuilder(
                    "DIR", "Keep downloads and derived data in DIR (else CAIRN_CACHE, else ~/.cache/cairn).", "--cache")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec debug = Spec.flagBuilder("On an error, print its stack trace too.", "--debug")
            .scopeType(ScopeType.INHERIT)
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
        spec.usageMessage().synopsisSubcommandLabel("COMMAND");
        spec.addOption(help)
                .addOption(version)
                .addOption(quiet)
                .addOption(offline)
                .addOption(cache)
                .addOption(debug);
        List<String> given = Arrays.asList(args);
        List<String> mentioned = new ArrayList<>(table.names());
        mentioned.retainAll(given);
        for (String name : mentioned.isEmpty() ? table.names() : mentioned) {
            add(spec, Objects.requireNonNull(table.named(name), name));
        }
        return spec;
    }

    private static void add(CommandSpec parent, Command command) {
        CommandSpec spec = command.spec();
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
