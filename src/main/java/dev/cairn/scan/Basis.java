package dev.cairn.scan;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.AdvisoryException;
import dev.cairn.advisory.Branches;
import dev.cairn.advisory.Ecosystem;
import dev.cairn.advisory.Target;
import dev.cairn.sbom.Sbom;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Which facts a distribution's packages are held against: those of the branch that os-release names, or of the one
/// that a person named instead. A branch is never guessed.
///
/// @param own the branch that the image itself names, or null where it names none that is known
/// @param used the branch whose facts are used, or null where the image has no distribution that is matched
public record Basis(@Nullable Target own, @Nullable Target used) {
    /// Whether a person chose another branch than the image's own.
    public boolean isOverridden() {
        return used != null && !used.equals(own);
    }

    /// Finds it.
    ///
    /// @param needed whether the image has packages of a distribution at all
    /// @param override a branch (`edge`) or a target (`alpine:edge`), or null
    /// @throws ScanException `UNKNOWN_BRANCH` when there are packages but no facts for their branch
    public static Basis of(
            Sbom.@Nullable Distribution distribution,
            boolean needed,
            @Nullable String override,
            AdvisoryDatabase database) {
        Target own = distribution == null ? null : own(distribution);
        Target used = override == null ? own : overridden(override, own);
        if (!needed) {
            return new Basis(own, used);
        }
        if (used == null) {
            if (distribution != null) {
                return new Basis(null, null);
            }
            throw new ScanException(
                    ScanException.Code.UNKNOWN_BRANCH,
                    "the image has a distribution's packages but does not say which release they are of (no"
                            + " os-release)\ntry: --branch debian:bookworm, or whatever it is");
        }
        if (database.parts(used).isEmpty()) {
            throw new ScanException(ScanException.Code.UNKNOWN_BRANCH, noFacts(used, database));
        }
        return new Basis(own, used);
    }

    private static String noFacts(Target used, AdvisoryDatabase database) {
        SortedSet<Target> known = database.targets(used.ecosystem());
        String have = known.isEmpty()
                ? "none of " + used.ecosystem().title()
                : "those of "
                        + String.join(", ", known.stream().map(Target::toString).toList());
        boolean edge = known.stream().anyMatch(target -> target.branch().equals("edge"));
        String other = edge ? "\ntry: --branch edge, for a rough answer; the report says so" : "";
        return "the advisory database has no facts about " + used + ", only " + have
                + "\ntry: cairn advisory update --feed KIND:" + used + "=LOCATION" + other;
    }

    private static Target overridden(String override, @Nullable Target own) {
        try {
            if (override.indexOf(':') >= 0 || own == null || Ecosystem.ofId(override) != null) {
                return Target.parse(override);
            }
            return Target.parse(own.ecosystem().id() + ":" + override);
        } catch (AdvisoryException e) {
            throw new ScanException(ScanException.Code.USAGE, "--branch " + override + ": " + e.getMessage());
        }
    }

    /// The branch that an os-release means, or null where it is of no distribution that is matched.
    static @Nullable Target own(Sbom.Distribution distribution) {
        String id = distribution.id().toLowerCase(Locale.ROOT);
        String version = distribution.version();
        return switch (id) {
            case "wolfi" -> Target.of(Ecosystem.WOLFI);
            case "chainguard" -> Target.of(Ecosystem.CHAINGUARD);
            case "alpine" ->
                version.isEmpty() ? null : Target.parse("alpine:" + (version.contains("_alpha") ? "edge" : version));
            case "debian" -> debian(version, distribution.name());
            default -> null;
        };
    }

    private static @Nullable Target debian(String version, String name) {
        if (!version.isEmpty()) {
            int dot = version.indexOf('.');
            return Target.parse("debian:" + (dot < 0 ? version : version.substring(0, dot)));
        }
        return name.endsWith("/sid") ? Target.parse("debian:sid") : null;
    }

    /// The row of the table of branches for the image's own branch, or null.
    Branches.@Nullable Branch branch(Branches branches) {
        return own == null ? null : branches.find(own.ecosystem(), own.branch());
    }
}
