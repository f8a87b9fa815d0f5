package dev.cairn.advisory;

import dev.cairn.advisory.version.VersionOrder;

/// A stretch of versions.
///
/// @param from the lowest version, empty for no bound
/// @param fromExclusive whether `from` itself is outside
/// @param to the highest version, empty for no bound
/// @param toInclusive whether `to` itself is inside; a feed's "fixed in" is outside
public record Range(String from, boolean fromExclusive, String to, boolean toInclusive) {
    /// Everything below `fixed`.
    public static Range below(String fixed) {
        return new Range("", false, fixed, false);
    }

    /// Every version.
    public static final Range ALL = new Range("", false, "", false);

    /// From `introduced` (`0` or empty: from the first) to before `fixed` (empty: no end).
    public static Range between(String introduced, String fixed) {
        return new Range(introduced.equals("0") ? "" : introduced, false, fixed, false);
    }

    /// Whether the version is inside.
    public boolean contains(VersionOrder order, String version) {
        if (!from.isEmpty()) {
            int low = order.compare(version, from);
            if (low < 0 || (low == 0 && fromExclusive)) {
                return false;
            }
        }
        if (to.isEmpty()) {
            return true;
        }
        int high = order.compare(version, to);
        return high < 0 || (high == 0 && toInclusive);
    }

    /// Whether there is a version that no longer is inside.
    boolean hasFix() {
        return !to.isEmpty() && !toInclusive;
    }

    @Override
    public String toString() {
        if (from.isEmpty() && to.isEmpty()) {
            return "every version";
        }
        String low = from.isEmpty() ? "" : (fromExclusive ? "> " : ">= ") + from;
        String high = to.isEmpty() ? "" : (toInclusive ? "<= " : "< ") + to;
        return low.isEmpty() || high.isEmpty() ? low + high : low + ", " + high;
    }
}
