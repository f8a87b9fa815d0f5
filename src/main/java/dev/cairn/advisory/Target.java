package dev.cairn.advisory;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a set of facts is about: an ecosystem and, where it has them, the branch: `alpine:v3.20`, `debian:bookworm`,
/// `wolfi`, `npm`.
///
/// @param branch empty where the ecosystem has no branches
public record Target(Ecosystem ecosystem, String branch) implements Comparable<Target> {
    public Target {
        Objects.requireNonNull(ecosystem, "ecosystem");
        if (ecosystem.isBranched() == branch.isEmpty()) {
            throw new AdvisoryException(
                    AdvisoryException.Code.UNKNOWN_NAME,
                    branch.isEmpty()
                            ? "facts about " + ecosystem.id() + " are of a branch, such as " + ecosystem.id() + ":"
                                    + (ecosystem == Ecosystem.ALPINE ? "v3.20" : "bookworm")
                            : ecosystem.id() + " has no branches, so not '" + branch + "'");
        }
        for (int i = 0; i < branch.length(); i++) {
            char c = branch.charAt(i);
            if (!(Character.isLetterOrDigit(c) && c < 128) && c != '.' && c != '-' && c != '_') {
                throw new AdvisoryException(
                        AdvisoryException.Code.UNKNOWN_NAME, "not the name of a branch: '" + branch + "'");
            }
        }
    }

    /// An ecosystem without branches.
    public static Target of(Ecosystem ecosystem) {
        return new Target(ecosystem, "");
    }

    /// Reads the text form.
    public static Target parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Ecosystem ecosystem = Ecosystem.ofId(name);
        if (ecosystem == null) {
            throw new AdvisoryException(
                    AdvisoryException.Code.UNKNOWN_NAME,
                    "no ecosystem '" + name + "'\ntry: alpine:BRANCH, debian:BRANCH, wolfi, chainguard, maven, npm,"
                            + " pypi, rubygems, go or cargo");
        }
        String branch = colon < 0 ? "" : text.substring(colon + 1);
        return new Target(ecosystem, branch.isEmpty() ? "" : Branches.normal(ecosystem, branch));
    }

    /// The target that an OSV record's ecosystem names, such as `Alpine:v3.20` or `Debian:12`; null when none is kept.
    static @Nullable Target ofOsv(String text) {
        int colon = text.indexOf(':');
        Ecosystem ecosystem = Ecosystem.ofOsvName(colon < 0 ? text : text.substring(0, colon));
        if (ecosystem == null || ecosystem.isBranched() != colon > 0) {
            return null;
        }
        return new Target(ecosystem, colon < 0 ? "" : Branches.normal(ecosystem, text.substring(colon + 1)));
    }

    // written out, since what a record has by itself makes the start of a scan slow
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Target target && ecosystem == target.ecosystem && branch.equals(target.branch);
    }

    @Override
    public int hashCode() {
        return 31 * ecosystem.id().hashCode() + branch.hashCode();
    }

    @Override
    public int compareTo(Target other) {
        int byEcosystem = ecosystem.compareTo(other.ecosystem);
        return byEcosystem != 0 ? byEcosystem : branch.compareTo(other.branch);
    }

    @Override
    public String toString() {
        return branch.isEmpty() ? ecosystem.id() : ecosystem.id() + ":" + branch.toLowerCase(Locale.ROOT);
    }
}
