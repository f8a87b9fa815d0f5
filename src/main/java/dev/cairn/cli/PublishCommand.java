package dev.cairn.cli;

import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.publish.Papers;
import dev.cairn.publish.Publication;
import dev.cairn.publish.Publication.Tagged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn publish`: an image with its SBOMs, provenance and signatures goes into a registry, its tags last.
final class PublishCommand implements Command {
    static final String NAME = "publish";

    private final PositionalParamSpec source =
            Spec.parameter(0, "DEFINITION|LAYOUT", "an image definition, which is built, or an OCI layout", true);
    private final PositionalParamSpec references =
            Spec.parameters(1, "REF", "where to publish it: registry/repository:tag", true);
    private final BuildOptions options = new BuildOptions();
    private final KeyOption key = new KeyOption("sign with this private key");
    private final OptionSpec unique = Spec.flag(
            "a tag with the time too, which never moves (3.13-202611231845), for each tag that moves", "--unique-tag");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return options.addTo(Spec.command(
                                this,
                                NAME,
                                "Pushes an image with its SBOMs, provenance and signatures; its tags move last.",
                                "cairn publish examples/redis.yaml localhost:5000/redis:7 --key cairn.key",
                                "cairn publish redis.oci registry.example/team/redis:7 registry.example/team/redis:latest",
                                "cairn publish examples/python.yaml localhost:5000/python:3.13 --key cairn.key --unique-tag")
                        .addPositional(source)
                        .addPositional(references))
                .addOption(key.spec())
                .addOption(unique)
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        boolean asJson = output.isJson();
        boolean timed = unique.getValue();
        List<Reference> wanted = new ArrayList<>();
        String[] given = references.getValue();
        for (String each : given) {
            wanted.add(Reference.parse(each));
        }
        // Before anything is built: a passphrase that is wrong should not cost the time.
        PrivateKey signing = key.signing(session);
        Path path = Path.of(source.<String>getValue());
        Publication.Content content = isDefinition(path) ? built(session, path) : layout(path);
        List<Tagged> tagged = new Publisher(session).publish(content, wanted, signing, timed ? Instant.now() : null);
        if (asJson) {
            json(session, content, tagged, signing != null);
        }
        return ExitCode.DONE;
    }

    private static boolean isDefinition(Path path) {
        String name = path.toString();
        return Files.isRegularFile(path) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private Publication.Content built(Session session, Path path) throws IOException {
        try (Progress progress = session.progress("building")) {
            return options.build(session, options.read(path), path, progress).content();
        }
    }

    /// The only image of a layout, with the papers beside it that are about it.
    private static Publication.Content layout(Path path) throws IOException {
        LayoutReader layout = LayoutReader.open(path);
        LayoutReader.Entry entry = layout.entry(null);
        ImageIndex index = layout.index(entry);
        List<Papers> papers = new ArrayList<>();
        if (index == null) {
            Image image = layout.read(entry.descriptor());
            papers.add(Papers.read(path, Built.platform(image.config().platform()), image.descriptor()));
            return Publication.Content.of(image, papers);
        }
        for (Image each : index.images()) {
            papers.add(Papers.read(path, Built.platform(each.config().platform()), each.descriptor()));
        }
        papers.add(Papers.read(path, "index", index.blob().descriptor()));
        return Publication.Content.of(index, papers);
    }

    private static void json(Session session, Publication.Content content, List<Tagged> tagged, boolean signed) {
        JsonWriter json = new JsonWriter();
        json.string("digest", content.root().digest().toString());
        json.bool("signed", signed);
        json.array("tags");
        for (Tagged each : tagged) {
            json.object();
            json.string("reference", each.tag().toString());
            json.bool("moved", each.moved());
            each.unique().ifPresent(one -> json.string("unique", one.toString()));
            json.end();
        }
        json.endArray();
        session.console().out().println(new String(json.finish(), StandardCharsets.UTF_8));
    }
}
