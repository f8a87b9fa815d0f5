package dev.cairn.advisory;

import dev.cairn.advisory.version.VersionOrder;
import java.util.List;
import java.util.Objects;

/// What one source says of one flaw in one package.
///
/// @param packageName the source package (distributions: the origin) or the language's package, in its normal spelling
/// @param id the flaw's main id, a CVE where there is one
/// @param aliases other ids of the same flaw
/// @param status what the source says where no fix is named
/// @param ranges the versions that are affected, or, when `inverted`, those that are safe
/// @param inverted whether `ranges` are what is safe
/// @param published when the source first said so, in days since 1970, or [#NO_DAY]
/// @param severity the source's own rating
/// @param vector a CVSS vector, or empty
/// @param note the source's own words, short; may be empty
public record Fact(
        String packageName,
        String id,
        List<String> aliases,
        Status status,
        List<Range> ranges,
        boolean inverted,
        int published,
        Severity severity,
        String vector,
        String note) {
    /// No day is known.
    public static final int NO_DAY = Integer.MIN_VALUE;

    private static final int LONGEST_NOTE = 200;

    /// What the source says where no fix is named.
    public enum Status {
        /// Affected as the ranges say.
        AFFECTED,
        /// A scanner's claim that the source has not yet looked at.
        UNDER_INVESTIGATION,
        /// A fix is awaited from upstream.
        PENDING,
        /// The source will not fix it.
        WONT_FIX,
        /// Never affected.
        NOT_AFFECTED,
        /// The source does not know.
        UNDETERMINED
    }

    public Fact {
        aliases = List.copyOf(aliases);
        ranges = List.copyOf(ranges);
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(severity, "severity");
        if (packageName.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("a fact names a package and a flaw");
        }
        note = note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note;
    }

    /// A flaw that was fixed in this version.
    public static Fact fixed(String packageName, String id, List<String> aliases, String version, int published) {
        List<Range> below = List.of(Range.below(version));
        return new Fact(packageName, id, aliases, Status.AFFECTED, below, false, published, Severity.UNKNOWN, "", "");
    }

    /// A flaw that the package never had.
    public static Fact notAffected(String packageName, String id, List<String> aliases, String note) {
        List<Range> none = List.of();
        return new Fact(packageName, id, aliases, Status.NOT_AFFECTED, none, false, NO_DAY, Severity.UNKNOWN, "", note);
    }

    /// The same fact about the same flaw under another main id.
    Fact withIds(String newId, List<String> newAliases) {
        return new Fact(packageName, newId, newAliases, status, ranges, inverted, published, severity, vector, note);
    }

    /// What the fact means for a version that is installed.
    public Verdict judge(Ecosystem ecosystem, String version) {
        VersionOrder order = ecosystem.order();
        if (status == Status.NOT_AFFECTED) {
            return new Verdict.NotAffected(Verdict.NotAffected.Grounds.NEVER, ranges);
        }
        if (inverted) {
            return judgeBySafe(order, version);
        }
        for (Range range : ranges) {
            if (range.contains(order, version)) {
                if (ecosystem == Ecosystem.DEBIAN && isRebuild(version, range.to())) {
                    return new Verdict.NotAffected(Verdict.NotAffected.Grounds.REBUILD, List.of(range));
                }
                return new Verdict.Affected(range.hasFix() ? range.to() : "", range, List.of());
            }
        }
        return new Verdict.NotAffected(Verdict.NotAffected.Grounds.OUTSIDE, ranges);
    }

    /// Whether a Debian version is the fixed one, built again for an older release: `5.2.5-2.1~deb11u1` sorts below
    /// `5.2.5-2.1` and holds all that is in it.
    private static boolean isRebuild(String version, String fixed) {
        if (fixed.isEmpty() || !version.startsWith(fixed)) {
            return false;
        }
        String rest = version.substring(fixed.length());
        return rest.startsWith("~deb") || rest.startsWith("~bpo");
    }

    private Verdict judgeBySafe(VersionOrder order, String version) {
        String fix = "";
        for (Range safe : ranges) {
            if (safe.contains(order, version)) {
                return new Verdict.NotAffected(Verdict.NotAffected.Grounds.SAFE, List.of(safe));
            }
            boolean after = !safe.from().isEmpty() && !safe.fromExclusive() && order.compare(safe.from(), version) > 0;
            if (after && (fix.isEmpty() || order.compare(safe.from(), fix) < 0)) {
                fix = safe.from();
            }
        }
        return new Verdict.Affected(fix, Range.ALL, ranges);
    }
}
