package dev.cairn.cli;

import dev.cairn.advisory.AdvisoryException;
import dev.cairn.advisory.VexReader;
import dev.cairn.advisory.VexStatement;
import dev.cairn.attest.PredicateType;
import dev.cairn.attest.Statement;
import dev.cairn.attest.Verification;
import dev.cairn.digest.Digest;
import dev.cairn.keys.PublicKey;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryException;
import dev.cairn.oci.source.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// VEX that comes with an image in a registry. It is counted when the owner of a key that the user configured signed
/// it; else it changes nothing. Either way the report tells of it.
///
/// @param statements those that count
/// @param notes what a reader of the report has to know
record AttachedVex(List<VexStatement> statements, List<String> notes) {
    static final AttachedVex NONE = new AttachedVex(List.of(), List.of());

    AttachedVex {
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
    }

    /// What is attached to the image or to the index that it is of.
    static AttachedVex of(Session session, ImageSource source, Digest image, List<PublicKey> keys) throws IOException {
        if (source.reference().isEmpty()) {
            return NONE;
        }
        Reference reference = source.reference().get();
        Verification verification = new Verification(new RegistryClient(session.registries()), keys);
        Set<Digest> subjects = new LinkedHashSet<>(List.of(source.digest(), image));
        List<VexStatement> statements = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Digest subject : subjects) {
            try {
                read(verification.verify(reference, subject), statements, notes);
            } catch (RegistryException e) {
                notes.add("what is attached to the image could not be read: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
        return new AttachedVex(statements, notes);
    }

    private static void read(Verification.Report report, List<VexStatement> statements, List<String> notes)
            throws IOException {
        for (Verification.Attestation each : report.attestations()) {
            Statement statement = each.statement();
            if (isVex(statement.predicateType())) {
                try {
                    List<VexStatement> said =
                            VexReader.read(Statement.predicateOf(statement.bytes()), "VEX in " + each.digest());
                    statements.addAll(said);
                    notes.add("VEX attached to the image counts, a key that you trust signed it: "
                            + Text.count(said.size(), "statement") + " in " + each.digest());
                } catch (AdvisoryException e) {
                    notes.add("VEX attached to the image does not count: " + e.getMessage());
                }
            }
        }
        for (Verification.Unproven each : report.unproven()) {
            if (isVex(each.type())) {
                notes.add(
                        "VEX attached to the image does not count, no key that you trust signed it: " + each.digest());
            }
        }
    }

    /// OpenVEX, as a predicate or as an artifact of its own.
    private static boolean isVex(String type) {
        return type.startsWith(PredicateType.OPENVEX) || type.contains("openvex");
    }
}
