package dev.cairn.cli;

import dev.cairn.inspect.ImageContents;
import dev.cairn.oci.Image;
import dev.cairn.oci.source.ImageSource;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn inspect`: what an image holds, whoever built it.
final class InspectCommand implements Command {
    static final String NAME = "inspect";
    static final String IMAGE =
            "an OCI layout, an archive (maybe with :TAG), or a registry's: REGISTRY/NAME[:TAG][@DIGEST]";

    private final PositionalParamSpec name = Spec.parameter(0, "IMAGE", IMAGE, true);
    private final PlatformOption platform = new PlatformOption();
    private final OptionSpec packages = Spec.flag("list every package", "--packages");
    private final OptionSpec files = Spec.flag("list every file", "--files");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        NAME,
                        "Show what an image holds: packages, files, configuration, size, shell, root, setuid.",
                        "cairn inspect redis.oci",
                        "cairn inspect docker.io/library/debian:trixie-slim --platform linux/arm64",
                        "cairn inspect saved.tar --packages",
                        "cairn inspect redis.oci --files --output json")
                .addPositional(name)
                .addOption(platform.spec())
                .addOption(packages)
                .addOption(files)
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        String text = name.getValue();
        boolean listPackages = packages.getValue();
        boolean listFiles = files.getValue();
        ImageSource source = session.image(text);
        Image image = platform.image(source);
        ImageContents contents;
        try (Progress progress = session.progress("reading " + text)) {
            contents = PlatformOption.inspect(image, false, progress);
        }
        contents.warnings().forEach(session::warn);
        InspectReport report = new InspectReport(source, contents, listPackages, listFiles);
        if (json) {
            report.json(session.console().out());
        } else {
            report.text(session.console());
        }
        return ExitCode.DONE;
    }
}
