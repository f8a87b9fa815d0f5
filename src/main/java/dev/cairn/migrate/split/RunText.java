package dev.cairn.migrate.split;

import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Word;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A RUN that was understood.
///
/// @param instruction the RUN
/// @param script its shell text, structure included; null for the JSON form
/// @param commands its simple commands
record RunText(Instruction instruction, @Nullable Script script, List<BuildCommand> commands) {
    RunText {
        commands = List.copyOf(commands);
    }

    static RunText of(Dockerfile file, Instruction run) throws Refusal {
        if (run.json()) {
            List<@Nullable String> words =
                    new ArrayList<>(run.arguments().stream().map(Word::value).toList());
            return new RunText(run, null, List.of(BuildCommand.of(words, 0)));
        }
        String text = run.heredocs().isEmpty() ? run.body().text() : heredoc(file, run);
        return switch (Script.read(text)) {
            case Script.Reading.Understood understood ->
                new RunText(
                        run,
                        understood.script(),
                        Commands.in(understood.script().commands()).stream()
                                .map(BuildCommand::of)
                                .toList());
            case Script.Reading.Refused refused ->
                throw new Refusal(Reason.SPLIT_UNREADABLE, run.range().start(), "");
        };
    }

    /// The body of `RUN <<EOF`; anything else with here-documents is not read.
    private static String heredoc(Dockerfile file, Instruction run) throws Refusal {
        String body = run.body().text().strip();
        boolean plain = run.heredocs().size() == 1 && body.startsWith("<<") && body.indexOf(' ') < 0;
        if (!plain) {
            throw new Refusal(Reason.SPLIT_UNREADABLE, run.range().start(), "<<");
        }
        return SourceText.display(file.source().slice(run.heredocs().getFirst().content()));
    }

    boolean has(CommandKind kind) {
        return commands.stream().anyMatch(each -> each.kind() == kind);
    }

    /// The toolchains that its commands belong to.
    Set<Toolchain> toolchains() {
        Set<Toolchain> found = EnumSet.noneOf(Toolchain.class);
        for (BuildCommand each : commands) {
            Toolchain toolchain = each.kind() == CommandKind.TOOL ? CommandKind.toolchain(each.name()) : null;
            if (toolchain != null) {
                found.add(toolchain);
            }
        }
        return found;
    }

    /// The commands of a toolchain.
    List<BuildCommand> tools() {
        return commands.stream().filter(each -> each.kind() == CommandKind.TOOL).toList();
    }

    /// The file offset of a command.
    int offset(BuildCommand command) {
        boolean mapped = script != null
                && instruction.heredocs().isEmpty()
                && command.start() < instruction.body().text().length();
        return mapped
                ? instruction.body().offset(command.start())
                : instruction.range().start();
    }

    /// The part of the command that sets up the system (packages, accounts), as a RUN of its own; null where there is
    /// none. The steps must be bound by `&&`, `;` or newlines alone.
    @Nullable
    String systemPart() throws Refusal {
        if (script == null) {
            return null;
        }
        List<String> steps = new ArrayList<>();
        boolean real = false;
        for (CommandList.Item item : script.commands().items()) {
            if (item.command().operators().stream().anyMatch(operator -> !operator.and())) {
                throw new Refusal(Reason.SPLIT_UNREADABLE, instruction.range().start(), "||");
            }
            for (CommandList.Pipeline pipeline : item.command().pipelines()) {
                Set<CommandKind> kinds = kinds(pipeline);
                boolean system = kinds.contains(CommandKind.PACKAGES) || kinds.contains(CommandKind.SYSTEM);
                boolean foreign = kinds.contains(CommandKind.TOOL) || kinds.contains(CommandKind.FILES);
                if (system && foreign) {
                    throw new Refusal(
                            Reason.SPLIT_SETUP_MIXED, instruction.range().start(), "");
                }
                if (system || cleansLists(pipeline)) {
                    steps.add(oneLine(script.text().substring(pipeline.start(), pipeline.end())));
                    real |= system;
                }
            }
        }
        return real ? "RUN " + String.join(" && \\\n    ", steps) : null;
    }

    private Set<CommandKind> kinds(CommandList.Pipeline pipeline) {
        return commands.stream()
                .filter(each -> each.start() >= pipeline.start() && each.start() < pipeline.end())
                .map(BuildCommand::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CommandKind.class)));
    }

    /// `rm -rf /var/lib/apt/lists/*` and the like.
    private boolean cleansLists(CommandList.Pipeline pipeline) {
        String text = script == null ? "" : script.text().substring(pipeline.start(), pipeline.end());
        return text.startsWith("rm ") && (text.contains("/var/lib/apt") || text.contains("/var/cache/apk"));
    }

    /// Blanks that continuations left are one blank; text with quotes stays.
    private static String oneLine(String text) {
        if (text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!blank) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString();
    }
}
