package dev.cairn.cli;

import dev.cairn.archive.ArchiveException;
import dev.cairn.attest.Verification;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.image.Lock;
import dev.cairn.image.Repositories;
import dev.cairn.image.definition.Definition;
import dev.cairn.keys.PublicKey;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutException;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.verify.ImageVerifier;
import dev.cairn.verify.SourceVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn verify`: walks an image back to signed packages. Exit code 1 when a single byte is not accounted for, or no
/// signature is by the given key; 4 when the image is signed and nothing says what its bytes were made of.
final class VerifyCommand implements Command {
    static final String NAME = "verify";

    private final PositionalParamSpec name = Spec.parameter(0, "IMAGE|LAYOUT", InspectCommand.IMAGE, true);
    private final PositionalParamSpec file =
            Spec.parameter(1, "DEFINITION", "what it was built from (YAML); default: what its provenance says", false);
    private final DefinitionOptions options = new DefinitionOptions();
    private final LockedOptions locked = new LockedOptions();
    private final KeyOption key = new KeyOption(
            "check first that the owner of this public key signed the image; only provenance that is signed so counts");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return locked.addTo(options.addTo(Spec.command(
                                this,
                                NAME,
                                "Derives an image again from signed packages and compares every byte.",
                                "cairn verify redis.oci",
                                "cairn verify redis.oci examples/redis.yaml",
                                "cairn verify registry.example.org/redis:8 --key release.pub",
                                "cairn verify registry.example.org/redis:8 redis.yaml --lock redis.lock.json",
                                "cairn verify redis.tar redis.yaml --bundle redis-bundle")
                        .addPositional(name)
                        .addPositional(file))
                .addOption(key.spec())
                .addOption(output.spec()));
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        PublicKey checking = key.checking(session);
        String given = file.getValue();
        VerifyReport report = checking == null && given != null
                ? derived(session, fromFile(given), () -> session.image(name.getValue()), VerifyReport.Signed.UNCHECKED)
                : opened(session, checking);
        if (json) {
            report.json(session.console().out());
        } else {
            report.text(session.console());
        }
        return report.exitCode();
    }

    private BuiltFrom fromFile(String given) throws IOException {
        Path path = Path.of(given);
        Definition definition = options.read(path);
        return new BuiltFrom(definition, locked.lock(definition, path, true, false), "");
    }

    /// Signatures first, then what it was built from.
    private VerifyReport opened(Session session, @Nullable PublicKey checking) throws IOException {
        ImageSource source;
        try {
            source = session.image(name.getValue());
        } catch (OciException | LayoutException | ArchiveException e) {
            return VerifyReport.refused(
                    name.getValue(), VerifyReport.Signed.UNCHECKED, List.of(String.valueOf(e.getMessage())));
        }
        Verification.Report found = checking == null ? null : signatures(session, source, checking);
        VerifyReport.Signed signed = VerifyReport.Signed.of(found);
        if (found != null && !found.isSigned()) {
            List<String> problems = new ArrayList<>();
            problems.add(source.digest() + " has no signature by this key");
            problems.addAll(found.problems());
            return VerifyReport.refused(source.name(), signed, problems);
        }
        String given = file.getValue();
        Optional<BuiltFrom> from = given == null ? provenance(session, source, found) : Optional.of(fromFile(given));
        if (from.isPresent()) {
            return derived(session, from.get(), () -> source, signed);
        }
        if (found == null) {
            throw new CliException(
                    CliException.Code.USAGE,
                    source.name() + " has no provenance that says what it was built from\ntry: cairn verify "
                            + source.name() + " DEFINITION");
        }
        return VerifyReport.refused(source.name(), signed, List.of());
    }

    private Optional<BuiltFrom> provenance(
            Session session, ImageSource source, Verification.@Nullable Report signatures) throws IOException {
        Optional<BuiltFrom> found = BuiltFrom.find(session, source, signatures);
        if (found.isEmpty()) {
            return found;
        }
        Definition definition = found.get().definition();
        Lock given = locked.lock(definition, definition.file(), false, false);
        return given == null
                ? found
                : Optional.of(new BuiltFrom(definition, given, found.get().origin()));
    }

    private static Verification.Report signatures(Session session, ImageSource source, PublicKey key)
            throws IOException {
        Reference reference = source.reference()
                .orElseThrow(() -> new CliException(
                        CliException.Code.USAGE,
                        source.name() + " is a file: signatures are kept beside images in registries"
                                + "\ntry: without --key\ntry: --key with the image's registry reference"));
        return new Verification(new RegistryClient(session.registries()), key).verify(reference, source.digest());
    }

    private VerifyReport derived(
            Session session, BuiltFrom from, SourceVerifier.Opening opening, VerifyReport.Signed signed)
            throws IOException {
        try (ScratchFolder scratch = ScratchFolder.in(session.cacheDirectory());
                Progress progress = session.progress("verifying " + name.getValue())) {
            CacheDirectory cache =
                    session.cacheDirectory().withRecords(scratch.path().resolve("facts"));
            Repositories repositories = locked.repositories(session, options, progress, cache);
            ImageVerifier verifier =
                    new ImageVerifier(repositories, options.trust().allowUntrusted(), scratch.path());
            SourceVerifier.Outcome outcome =
                    new SourceVerifier(verifier, from.definition(), from.lock()).verify(opening);
            return new VerifyReport(name.getValue(), signed, from, outcome.results(), outcome.problems());
        }
    }
}
