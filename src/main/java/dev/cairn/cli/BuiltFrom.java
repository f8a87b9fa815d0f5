package dev.cairn.cli;

import dev.cairn.attest.PredicateType;
import dev.cairn.attest.Statement;
import dev.cairn.attest.Verification;
import dev.cairn.image.ImageProvenance;
import dev.cairn.image.Lock;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.publish.Papers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an image is said to be built from.
///
/// @param definition the definition
/// @param lock its packages; null for those of today
/// @param origin who says so, for people; empty when the person does
record BuiltFrom(Definition definition, @Nullable Lock lock, String origin) {

    /// As the provenance beside a layout says, or the one that is attached to an image in a registry. Where signatures
    /// were checked only a signed one counts.
    static Optional<BuiltFrom> find(Session session, ImageSource source, Verification.@Nullable Report signatures)
            throws IOException {
        Optional<Path> path = source.path();
        if (path.isPresent()) {
            return beside(path.get(), source);
        }
        if (signatures != null) {
            List<Statement> signed = signatures.attestations(PredicateType.SLSA_PROVENANCE).stream()
                    .map(Verification.Attestation::statement)
                    .toList();
            return first(signed, source.name(), "the provenance that this key signed");
        }
        Reference reference = source.reference().orElseThrow();
        List<Statement> attached =
                Papers.provenance(new RegistryClient(session.registries()), reference, source.digest());
        return first(attached, source.name(), "its provenance, whose signature was not checked");
    }

    private static Optional<BuiltFrom> beside(Path layout, ImageSource source) throws IOException {
        String what =
                source.index().isPresent() ? "index" : platform(source.images().getFirst());
        Optional<Statement> statement = Papers.provenance(layout, what);
        if (statement.isEmpty()) {
            return Optional.empty();
        }
        if (!statement.get().isAbout(source.digest())) {
            throw new CliException(
                    CliException.Code.REFUSED,
                    "the provenance beside " + layout + " is not about this image, which is " + source.digest()
                            + "\ntry: cairn verify " + source.name() + " DEFINITION");
        }
        return first(List.of(statement.get()), source.name(), "the provenance beside it, which nobody signed");
    }

    private static String platform(Image image) throws IOException {
        return Built.platform(image.config().platform());
    }

    private static Optional<BuiltFrom> first(List<Statement> statements, String name, String origin)
            throws IOException {
        for (Statement each : statements) {
            Path named = Path.of("provenance of " + name.replace('\0', '?'));
            Optional<ImageProvenance.Inputs> inputs = ImageProvenance.read(each.predicate(), named);
            if (inputs.isPresent()) {
                return Optional.of(
                        new BuiltFrom(inputs.get().definition(), inputs.get().lock(), origin));
            }
        }
        return Optional.empty();
    }
}
