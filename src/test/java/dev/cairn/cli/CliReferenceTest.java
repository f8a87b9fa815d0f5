package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Holds docs/reference/cli.md to the commands: the page is generated here (`./dev docs`) and may not be stale.
class CliReferenceTest {
    private static final String HEAD = """
            # The command line

            <!-- Generated from the commands by `./dev docs`. Do not edit. -->

            Results go to standard output; words about the work, warnings and errors to standard error. Colour only on a
            terminal, and never where `NO_COLOR` is set. Options of `cairn` itself may stand before or behind the command.

            | exit code | meaning |
            |---|---|
            | 0 | done |
            | 1 | the answer is no: no solution, nothing found, drift |
            | 2 | the command line or the definition is wrong |
            | 3 | it could not be done: a file, the network, a signature, a defect |

            `cairn run` ends with the exit code of the program that it ran.
            """;

    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        write(page, CommandRunner.everything(new Commands()).getCommandSpec());
        Golden.check("docs/reference/cli.md", page.toString());
    }

    @Test
    void everyCommandHasAnExample() {
        check(CommandRunner.everything(new Commands()).getCommandSpec());
    }

    private static void check(CommandSpec spec) {
        if (spec.subcommands().isEmpty()) {
            assertThat(spec.usageMessage().footer()).as(spec.qualifiedName()).isNotEmpty();
            assertThat(spec.usageMessage().footer())
                    .allMatch(line -> line.strip().startsWith("cairn "));
        }
        for (CommandLine below : spec.subcommands().values()) {
            check(below.getCommandSpec());
        }
    }

    private static void write(StringBuilder page, CommandSpec spec) {
        page.append("\n## `").append(spec.qualifiedName()).append("`\n\n```\n");
        String usage = spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
        usage.lines().forEach(line -> page.append(line.stripTrailing()).append('\n'));
        page.append("```\n");
        for (CommandLine below : spec.subcommands().values()) {
            write(page, below.getCommandSpec());
        }
    }
}
