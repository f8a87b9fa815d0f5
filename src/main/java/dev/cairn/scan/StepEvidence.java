package dev.cairn.scan;

import dev.cairn.advisory.Severity;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of one of several images that are held against each other: before and after each step of the path.
///
/// @param name what the image is called: the step
/// @param result all that was found
/// @param bySeverity the findings that count, by severity; each severity is there, the worst first
/// @param aging fixable findings by day, had nobody touched the image over the time that is looked at
/// @param until the last day of that time
/// @param undated fixable findings of which no source says since when: they are not in `aging`
public record StepEvidence(
        String name,
        ScanResult result,
        SortedMap<Severity, Count> bySeverity,
        Trend aging,
        LocalDate until,
        int undated) {

    /// Findings of one severity.
    ///
    /// @param fixable those that an upgrade removes
    /// @param open those without a fix
    public record Count(int fixable, int open) {
        private static final Count NONE = new Count(0, 0);

        private Count plus(Finding finding) {
            return finding.isFixable() ? new Count(fixable + 1, open) : new Count(fixable, open + 1);
        }
    }

    public StepEvidence {
        bySeverity = Collections.unmodifiableSortedMap(new TreeMap<>(bySeverity));
    }

    static StepEvidence of(String name, ScanResult result, Simulation.Aged aged, LocalDate until) {
        Map<Severity, Count> counts = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            counts.put(severity, Count.NONE);
        }
        result.counted().forEach(finding -> counts.computeIfPresent(finding.severity(), (s, c) -> c.plus(finding)));
        return new StepEvidence(name, result, new TreeMap<>(counts), aged.trend(), until, aged.undated());
    }

    /// Fixable findings times days, over the time that is looked at: the area under `aging`.
    public long cveDays() {
        return aging.cveDays(until);
    }

    /// The three numbers.
    public Totals totals() {
        return result.totals();
    }

    /// How this image differs from one before it.
    public Comparison since(StepEvidence before) {
        return Comparison.of(before.result, result);
    }
}
