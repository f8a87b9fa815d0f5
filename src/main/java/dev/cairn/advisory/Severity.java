package dev.cairn.advisory;

import java.util.Locale;

/// How bad a flaw is, worst first.
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    NEGLIGIBLE,
    UNKNOWN;

    /// The name in lower case, as it is printed and read.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a feed or a person calls it; `UNKNOWN` when the word means nothing.
    public static Severity of(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "critical" -> CRITICAL;
            case "high", "important" -> HIGH;
            case "medium", "moderate" -> MEDIUM;
            case "low" -> LOW;
            case "negligible", "unimportant", "none", "informational" -> NEGLIGIBLE;
            default -> UNKNOWN;
        };
    }

    /// By the rating scale of CVSS 3.1 (section 5) and 4.0.
    public static Severity ofScore(double score) {
        if (score >= 9) {
            return CRITICAL;
        }
        return score >= 7 ? HIGH : score >= 4 ? MEDIUM : score > 0 ? LOW : NEGLIGIBLE;
    }

    /// Whether this is as bad as `other` or worse; unknown is not.
    public boolean isAtLeast(Severity other) {
        return this != UNKNOWN && compareTo(other) <= 0;
    }
}
