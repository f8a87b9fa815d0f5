package dev.cairn.scan;

import dev.cairn.advisory.Severity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// The three numbers, and what stands beside them.
///
/// @param fixable findings that an upgrade removes
/// @param open findings without a fix
/// @param unknown packages of which the sources cannot say whether they have flaws that nobody has fixed
/// @param headers findings of a kernel of which only headers or tools are there, which the others do not include
/// @param suppressed findings that VEX or a rule takes out
/// @param exploited findings that CISA lists as known exploited
/// @param bySeverity the findings that count, by severity
public record Totals(
        int fixable,
        int open,
        int unknown,
        int headers,
        int suppressed,
        int exploited,
        Map<Severity, Integer> bySeverity) {
    public Totals {
        bySeverity = Map.copyOf(bySeverity);
    }

    static Totals of(Collection<Finding> findings, int unknown) {
        int fixable = 0;
        int open = 0;
        int headers = 0;
        int suppressed = 0;
        int exploited = 0;
        Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
        for (Finding finding : findings) {
            if (!finding.status().counts()) {
                suppressed++;
            } else if (finding.category() == Finding.Category.HEADERS) {
                headers++;
            } else if (finding.counts()) {
                fixable += finding.isFixable() ? 1 : 0;
                open += finding.isFixable() ? 0 : 1;
                exploited += finding.score().isKnownExploited() ? 1 : 0;
                bySeverity.merge(finding.severity(), 1, Integer::sum);
            }
        }
        return new Totals(fixable, open, unknown, headers, suppressed, exploited, bySeverity);
    }

    /// Findings that count.
    public int known() {
        return fixable + open;
    }

    /// How many of this severity count.
    public int of(Severity severity) {
        return bySeverity.getOrDefault(severity, 0);
    }

    /// Whether the number of findings without a fix says anything: nought, where sources do not list open flaws, does
    /// not.
    public boolean knowsOpen() {
        return open > 0 || unknown == 0;
    }

    /// In words. Nothing found where something is unknown is not called zero.
    public String headline() {
        if (known() == 0) {
            return unknown == 0 ? "no known vulnerabilities" : "none known, unknown for " + packages();
        }
        String found = fixable + " fixable, ";
        if (unknown == 0) {
            return found + open + " open without a fix";
        }
        return found
                + (open == 0 ? "open flaws unknown for " : open + " open without a fix, unknown for ")
                + packages();
    }

    private String packages() {
        return unknown + (unknown == 1 ? " package" : " packages");
    }
}
