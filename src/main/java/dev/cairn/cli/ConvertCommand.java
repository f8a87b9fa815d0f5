package dev.cairn.cli;

import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.BaseStep;
import dev.cairn.migrate.dockerfile.StepResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn convert`: one Dockerfile onto the catalogue's images.
final class ConvertCommand implements Command {
    static final String NAME = "convert";
    private static final int LARGEST = 16 << 20;

    private final PositionalParamSpec files =
            Spec.parameters(0, "FILE", "The Dockerfile; - reads standard input. Several with --write or --diff.", true);
    private final TargetOptions target = new TargetOptions();
    private final OptionSpec diff = Spec.flag("Print what changes instead of the result.", "--diff");
    private final OptionSpec write = Spec.flag("Write the result over the file.", "-w", "--write");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Rewrite a Dockerfile for hardened images: FROM lines and package lines, nothing else.",
                "cairn convert Dockerfile --registry registry.example.org/hardened",
                "cairn convert Dockerfile --diff",
                "cairn convert api/Dockerfile web/Dockerfile --write",
                "cairn convert - --to alpine < Dockerfile");
        return target.addTo(spec.addPositional(files).addOption(diff).addOption(write))
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        String[] names = files.getValue();
        boolean writes = write.getValue();
        boolean diffs = diff.getValue();
        if (writes && List.of(names).contains("-")) {
            throw new CliException(CliException.Code.USAGE, "--write needs a file\ntry: cairn convert FILE --write");
        }
        if (names.length > 1 && (json || !(writes || diffs))) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "only one file can be printed\ntry: --write or --diff, or one call for each file");
        }
        BaseStep step = new BaseStep(target.target(session));
        boolean refused = false;
        for (String name : names) {
            byte[] bytes = name.equals("-") ? System.in.readNBytes(LARGEST) : Files.readAllBytes(Path.of(name));
            StepResult result = step.apply(bytes);
            show(session, name, result, names.length > 1 ? name + ": " : "");
            if (writes && result.isChanged()) {
                WrittenFile.replace(Path.of(name), result.after().bytes());
            }
            refused |= result.findings().stream().anyMatch(Finding::isRefusal);
        }
        return refused ? ExitCode.NO : ExitCode.DONE;
    }

    private void show(Session session, String name, StepResult result, String prefix) {
        boolean diffs = diff.getValue();
        boolean writes = write.getValue();
        if (output.isJson()) {
            printJson(session.console().out(), result, shown(name));
            return;
        }
        if (diffs) {
            print(session, result.diff(shown(name)).getBytes(StandardCharsets.ISO_8859_1));
        } else if (!writes) {
            print(session, result.after().bytes());
        }
        result.findings().forEach(finding -> tell(session, finding, prefix));
    }

    /// The name in the difference's header, which is relative.
    private static String shown(String name) {
        int start = 0;
        while (start < name.length() && name.charAt(start) == '/') {
            start++;
        }
        return name.equals("-") ? "Dockerfile" : name.substring(start);
    }

    private static void print(Session session, byte[] bytes) {
        session.console().out().write(bytes, 0, bytes.length);
    }

    private static void tell(Session session, Finding finding, String prefix) {
        String line = prefix + "line " + finding.line() + ": "
                + finding.reason().level().word() + " [" + finding.reason().id() + "] "
                + SourceText.display(finding.message());
        Reason.Level level = finding.reason().level();
        if (level == Reason.Level.REFUSED || level == Reason.Level.NOTE) {
            Console.Style style = level == Reason.Level.NOTE ? Console.Style.YELLOW : Console.Style.RED;
            session.console().err().println(session.console().errStyled(style, line));
        } else {
            session.say(line);
        }
    }

    private static void printJson(PrintStream out, StepResult result, String name) {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("file", name);
            json.writeBooleanProperty("changed", result.isChanged());
            json.writeStringProperty("result", text(result.after().bytes()));
            json.writeStringProperty("diff", text(result.diff(name).getBytes(StandardCharsets.ISO_8859_1)));
            json.writeArrayPropertyStart("findings");
            for (Finding finding : result.findings()) {
                MigrationReports.finding(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
