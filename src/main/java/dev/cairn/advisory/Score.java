package dev.cairn.advisory;

/// How a CVE is rated, whatever package it is in.
///
/// @param severity the rating
/// @param cvss the base score, 0 to 10, or NaN
/// @param vector the CVSS vector, or empty
/// @param source who says so, or empty
/// @param epss the probability of exploitation in the next 30 days, 0 to 1, or NaN
/// @param epssPercentile the share of CVEs with a lower one, 0 to 1, or NaN
/// @param epssDay the day of the EPSS score, in days since 1970, or [Fact#NO_DAY]
/// @param kevAdded the day on which CISA listed it as known exploited, or [Fact#NO_DAY]
/// @param kevDue the day by which CISA wants it fixed, or [Fact#NO_DAY]
/// @param published the day on which the CVE was published, or [Fact#NO_DAY]
public record Score(
        Severity severity,
        double cvss,
        String vector,
        String source,
        double epss,
        double epssPercentile,
        int epssDay,
        int kevAdded,
        int kevDue,
        int published) {
    /// Nothing is known.
    public static final Score NONE = new Score(
            Severity.UNKNOWN,
            Double.NaN,
            "",
            "",
            Double.NaN,
            Double.NaN,
            Fact.NO_DAY,
            Fact.NO_DAY,
            Fact.NO_DAY,
            Fact.NO_DAY);

    /// Whether CISA lists it as known exploited.
    public boolean isKnownExploited() {
        return kevAdded != Fact.NO_DAY;
    }

    Score withRating(Severity newSeverity, double newCvss, String newVector, String newSource) {
        return new Score(
                newSeverity, newCvss, newVector, newSource, epss, epssPercentile, epssDay, kevAdded, kevDue, published);
    }

    Score withEpss(double score, double percentile, int day) {
        return new Score(severity, cvss, vector, source, score, percentile, day, kevAdded, kevDue, published);
    }

    Score withKev(int added, int due) {
        return new Score(severity, cvss, vector, source, epss, epssPercentile, epssDay, added, due, published);
    }

    Score withPublished(int day) {
        return new Score(severity, cvss, vector, source, epss, epssPercentile, epssDay, kevAdded, kevDue, day);
    }
}
