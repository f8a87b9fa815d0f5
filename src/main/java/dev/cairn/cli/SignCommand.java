package dev.cairn.cli;

import dev.cairn.attest.Predicate;
import dev.cairn.attest.PredicateType;
import dev.cairn.attest.Signer;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn sign`: signs images that are in a registry.
final class SignCommand implements Command {
    static final String NAME = "sign";
    private static final int LONGEST = 64 << 20;

    private final PositionalParamSpec references =
            Spec.parameters(0, "REF", "images in a registry; a digest is safer than a tag, which may move", true);
    private final KeyOption key =
            new KeyOption("the private key; its passphrase is asked for or in $CAIRN_KEY_PASSWORD");
    private final OptionSpec recursive = Spec.flag("sign the images of an index too", "-r", "--recursive");
    private final OptionSpec attest = Spec.texts(
            "TYPE=FILE",
            "attach a signed statement too, its predicate a JSON file: spdxjson, cyclonedx, slsaprovenance1 or an"
                    + " address; may be given several times",
            "--attest");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        NAME,
                        "Signs images in a registry as cosign does: as a bundle that refers to the image, and as a tag.",
                        "cairn sign registry.example/team/redis@sha256:… --key cairn.key",
                        "cairn sign localhost:5000/redis:7 --key cairn.key --attest spdxjson=redis.amd64.spdx.json")
                .addPositional(references)
                .addOption(key.spec())
                .addOption(recursive)
                .addOption(attest)
                .addOption(output.spec());
    }

    /// What was signed.
    private record Signed(Reference reference, Signer.Outcome outcome) {}

    @Override
    public int run(Session session) throws IOException {
        boolean asJson = output.isJson();
        PrivateKey signing = key.signing(session);
        if (signing == null) {
            throw new CliException(
                    CliException.Code.USAGE, "'cairn sign' wants a key\ntry: --key FILE; cairn key generate makes one");
        }
        List<Predicate> predicates = predicates();
        RegistryClient client = new RegistryClient(session.registries());
        Signer signer = new Signer(client, signing);
        List<Signed> signed = new ArrayList<>();
        String[] given = references.getValue();
        for (String each : given) {
            Reference reference = Reference.parse(each);
            for (Descriptor subject : subjects(client, reference)) {
                Reference exact = reference.withDigest(subject.digest());
                signed.add(new Signed(exact, signer.sign(reference, subject, predicates)));
            }
        }
        if (asJson) {
            json(session, signed);
        } else {
            signed.forEach(
                    each -> session.say((each.outcome() == Signer.Outcome.SIGNED ? "signed " : "signed already: ")
                            + each.reference().familiar()));
        }
        return ExitCode.DONE;
    }

    private List<Descriptor> subjects(RegistryClient client, Reference reference) throws IOException {
        List<Descriptor> subjects = new ArrayList<>();
        boolean all = recursive.getValue();
        ImageIndex index = all ? client.index(reference) : null;
        if (index != null) {
            index.images().stream().map(Image::descriptor).forEach(subjects::add);
        }
        subjects.add(client.manifest(reference).descriptor());
        return subjects;
    }

    private List<Predicate> predicates() throws IOException {
        List<Predicate> predicates = new ArrayList<>();
        String[] given = attest.getValue();
        for (String each : given) {
            int equals = each.indexOf('=');
            if (equals <= 0) {
                throw new CliException(
                        CliException.Code.USAGE, "--attest wants TYPE=FILE, found '" + each + "'\ntry: spdxjson=FILE");
            }
            byte[] json = Files.readAllBytes(Path.of(each.substring(equals + 1)));
            JsonObject.parse(json, each.substring(equals + 1), LONGEST);
            predicates.add(new Predicate(type(each.substring(0, equals)), json));
        }
        return predicates;
    }

    private static String type(String name) {
        return switch (name) {
            case "spdxjson" -> PredicateType.SPDX;
            case "cyclonedx" -> PredicateType.CYCLONEDX;
            case "slsaprovenance1" -> PredicateType.SLSA_PROVENANCE;
            default -> {
                if (name.indexOf(':') < 0) {
                    throw new CliException(
                            CliException.Code.USAGE,
                            "there is no predicate type '" + name
                                    + "'\ntry: spdxjson, cyclonedx, slsaprovenance1, or an address");
                }
                yield name;
            }
        };
    }

    private static void json(Session session, List<Signed> signed) {
        JsonWriter json = new JsonWriter();
        json.array("signed");
        for (Signed each : signed) {
            json.object();
            json.string("reference", each.reference().toString());
            json.bool("changed", each.outcome() == Signer.Outcome.SIGNED);
            json.end();
        }
        json.endArray();
        session.console().out().println(new String(json.finish(), StandardCharsets.UTF_8));
    }
}
