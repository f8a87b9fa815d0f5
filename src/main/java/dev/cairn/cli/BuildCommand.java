package dev.cairn.cli;

import dev.cairn.image.definition.Definition;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn build`: a definition becomes an image.
final class BuildCommand implements Command {
    static final String NAME = "build";

    private final PositionalParamSpec file = Spec.parameter(0, "DEFINITION", "the image definition (YAML)", true);
    private final BuildOptions options = new BuildOptions();
    private final OptionSpec to =
            Spec.text("PATH", "where to write the image: an OCI layout folder, or a tar when it ends in .tar", "--to");
    private final OptionSpec tags =
            Spec.texts("NAME:TAG", "a name for the image; may be given several times", "-t", "--tag");
    private final OptionSpec push =
            Spec.texts("REF", "push the image to a registry; may be given several times", "--push");
    private final KeyOption key = new KeyOption("sign what is pushed with this private key");
    private final OptionSpec noSbom = Spec.flag("write no SBOM and no provenance beside the image", "--no-sbom");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return options.addTo(Spec.command(
                                this,
                                NAME,
                                "Builds an image from a definition.",
                                "cairn build examples/redis.yaml",
                                "cairn build examples/redis.yaml --arch amd64,arm64 --to redis.tar",
                                "cairn build examples/python.yaml --variant dev --push localhost:5000/python:3.13-dev",
                                "cairn build examples/redis.yaml --locked")
                        .addPositional(file))
                .addOption(to)
                .addOption(tags)
                .addOption(push)
                .addOption(key.spec())
                .addOption(noSbom)
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        long start = System.nanoTime();
        boolean asJson = output.isJson();
        Path path = Path.of(file.<String>getValue());
        Definition definition = options.read(path);
        Path target = target(path);
        List<Reference> names = names(path);
        List<Reference> references = references(push);
        PrivateKey signing = references.isEmpty() ? null : key.signing(session);
        Built built;
        try (Progress progress = session.progress("building")) {
            built = options.build(session, definition, path, progress);
            write(built, target, names);
        }
        BuildReport report = new BuildReport(definition, built.images(), target, names, System.nanoTime() - start);
        if (asJson) {
            report.json(session.console().out());
        } else {
            report.text(session);
        }
        if (!references.isEmpty()) {
            new Publisher(session).publish(built.content(), references, signing, null);
        }
        return ExitCode.DONE;
    }

    private static List<Reference> references(OptionSpec option) {
        String[] given = option.getValue();
        List<Reference> references = new ArrayList<>();
        for (String each : given) {
            references.add(Reference.parse(each));
        }
        return references;
    }

    private void write(Built built, Path target, List<Reference> names) throws IOException {
        LayoutWriter writer = new LayoutWriter();
        if (built.isOne()) {
            writer.add(built.images().getFirst().image(), names);
        } else {
            writer.add(built.index(), names);
        }
        if (target.toString().endsWith(".tar")) {
            writer.writeTar(target);
        } else {
            writer.writeFolder(target);
        }
        boolean none = noSbom.getValue();
        if (!none) {
            built.writePapers(target);
        }
    }

    private Path target(Path path) {
        String given = to.getValue();
        return Path.of(given != null ? given : options.outputName(path) + ".oci");
    }

    private List<Reference> names(Path path) {
        List<Reference> names = references(tags);
        if (names.isEmpty()) {
            names.add(Reference.parse(options.outputTag(path)));
        }
        return names;
    }
}
