package dev.cairn.cli;

import dev.cairn.inspect.ImageContents;
import dev.cairn.inspect.ImageDifference;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn diff`: how an image differs from another, whoever built them.
final class DiffCommand implements Command {
    static final String NAME = "diff";

    private final PositionalParamSpec first = Spec.parameter(0, "A", InspectCommand.IMAGE, true);
    private final PositionalParamSpec second = Spec.parameter(1, "B", "the image that is compared with it", true);
    private final PlatformOption platform = new PlatformOption();
    private final OptionSpec files = Spec.flag("list every file that differs", "--files");
    private final OptionSpec exitCode = Spec.flag("exit with 1 when they differ", "--exit-code");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        NAME,
                        "Show how image B differs from image A: packages, configuration, size, files.",
                        "cairn diff redis.oci docker.io/library/redis:8",
                        "cairn diff yesterday.tar today.tar --files",
                        "cairn diff a.oci b.oci --exit-code --output json")
                .addPositional(first)
                .addPositional(second)
                .addOption(platform.spec())
                .addOption(files)
                .addOption(exitCode)
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        boolean all = files.getValue();
        boolean tell = exitCode.getValue();
        ImageContents before;
        ImageContents after;
        try (Progress progress = session.progress("comparing")) {
            before = PlatformOption.inspect(platform.image(session, first.getValue()), true, progress);
            after = PlatformOption.inspect(platform.image(session, second.getValue()), true, progress);
        }
        before.warnings().forEach(session::warn);
        after.warnings().forEach(session::warn);
        ImageDifference difference = ImageDifference.of(before, after);
        DiffReport report = new DiffReport(before, after, difference, all);
        if (json) {
            report.json(session.console().out());
        } else {
            report.text(session.console());
        }
        boolean same = before.image().digest().equals(after.image().digest());
        return tell && !same ? ExitCode.NO : ExitCode.DONE;
    }
}
