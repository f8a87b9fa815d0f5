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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn convert`: one Dockerfile onto the catalogue's images.
final class ConvertCommand implements Command {
    static final String NAME = "convert";
    private static final int LARGEST = 16 << 20;

    private final PositionalParamSpec file = Spec.parameter(0, "FILE", "The Dockerfile; - reads standard input.", true);
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
                "cairn convert - --to alpine < Dockerfile");
        return target.addTo(spec.addPositional(file).addOption(diff).addOption(write))
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        String name = file.getValue();
        boolean standardInput = name.equals("-");
        boolean writes = write.getValue();
        if (writes && standardInput) {
            throw new CliException(CliException.Code.USAGE, "--write needs a file\ntry: cairn convert FILE --write");
        }
        byte[] bytes = standardInput ? System.in.readNBytes(LARGEST) : Files.readAllBytes(Path.of(name));
        StepResult result = new BaseStep(target.target(session)).apply(bytes);
        boolean diffs = diff.getValue();
        if (json) {
            printJson(session.console().out(), result, shown(name));
        } else if (diffs) {
            print(session, result.diff(shown(name)).getBytes(StandardCharsets.ISO_8859_1));
        } else if (!writes) {
            print(session, result.after().bytes());
        }
        if (writes && result.isChanged()) {
            WrittenFile.replace(Path.of(name), result.after().bytes());
        }
        if (!json) {
            result.findings().forEach(finding -> tell(session, finding));
        }
        return result.findings().stream().anyMatch(Finding::isRefusal) ? ExitCode.NO : ExitCode.DONE;
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

    private static void tell(Session session, Finding finding) {
        String line = "line " + finding.line() + ": " + finding.reason().level().word() + " ["
                + finding.reason().id() + "] " + SourceText.display(finding.message());
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
