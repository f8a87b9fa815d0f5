package dev.cairn.scan;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.Branches;
import dev.cairn.sbom.Sbom;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Looks at several images with one database, opened once: a package that an earlier image had already is not matched
/// again. Safe for many threads.
public final class EvidenceSeries {
    private final Scanner scanner;
    private final Simulation simulation;
    private final LocalDate from;
    private final LocalDate until;

    /// A series.
    ///
    /// @param from the first day that CVE-days count
    /// @param until the day after the last one
    public EvidenceSeries(AdvisoryDatabase database, Branches branches, Clock clock, LocalDate from, LocalDate until) {
        Matcher matcher = new Matcher(database);
        this.scanner = new Scanner(matcher, branches, clock);
        this.simulation = new Simulation(matcher);
        this.from = from;
        this.until = until;
    }

    /// The evidence about one image.
    ///
    /// @param name what it is called in the series
    /// @param sbom what it holds: `Inventory.of(image, name).sbom()`
    /// @param branch the branch to take facts from instead of the image's own, or null
    /// @param triage what VEX documents and rules say; `Triage.NONE` for nothing
    /// @throws ScanException `UNKNOWN_BRANCH` when the database has no facts about the image's distribution
    public StepEvidence of(String name, Sbom sbom, @Nullable String branch, Triage triage) {
        ScanResult result = scanner.scan(sbom, branch, triage);
        return StepEvidence.of(name, result, simulation.age(result, name, from, until), until);
    }
}
