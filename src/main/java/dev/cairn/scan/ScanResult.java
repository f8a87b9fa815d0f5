package dev.cairn.scan;

import dev.cairn.advisory.Branches;
import dev.cairn.digest.Digest;
import dev.cairn.sbom.Sbom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan found.
///
/// @param sbom what the image holds
/// @param basis whose facts its distribution's packages were held against
/// @param findings all findings, those that do not count among them; the most pressing first
/// @param totals the numbers
/// @param endOfLife set when nobody serves the image's branch any more
/// @param longTerm set when only long-term support is left
/// @param notes what a reader has to know: overrides, what was not read, what is unknown and why
/// @param incomplete whether something in the image could not be read or matched
/// @param databaseDigest the database
/// @param databaseBuilt when it was last updated
/// @param scannedAt when this was found
public record ScanResult(
        Sbom sbom,
        Basis basis,
        List<Finding> findings,
        Totals totals,
        @Nullable EndOfLife endOfLife,
        Branches.@Nullable Branch longTerm,
        List<String> notes,
        boolean incomplete,
        Digest databaseDigest,
        Instant databaseBuilt,
        Instant scannedAt) {

    /// A branch that nobody serves any more.
    ///
    /// @param branch the branch, its last day and the page that says so
    /// @param fixedSince how many flaws of this image's packages the branch that goes on has fixed, at least;
    ///     negative where there are no facts about that one
    public record EndOfLife(Branches.Branch branch, int fixedSince) {}

    public ScanResult {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /// The image's name, or its digest where it has none.
    public String name() {
        Sbom.Subject subject = sbom.subject();
        if (!subject.name().isEmpty()) {
            return subject.version().isEmpty() ? subject.name() : subject.name() + ":" + subject.version();
        }
        return subject.digest() == null ? "image" : subject.digest().toString();
    }

    /// The findings that count.
    public List<Finding> counted() {
        return findings.stream().filter(Finding::counts).toList();
    }
}
