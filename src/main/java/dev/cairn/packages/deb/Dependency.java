package dev.cairn.packages.deb;

import java.util.List;

/// One entry of a relation field of one package version: alternatives of which one must hold, or one package that
/// must not be there.
///
/// @param owner the version that says so
/// @param kind the field
/// @param alternatives in the field's order; exactly one when the kind is negative
record Dependency(VersionNode owner, Kind kind, List<Target> alternatives) {

    /// The relation fields that mean something to the solver, in the order in which apt looks at them.
    enum Kind {
        PRE_DEPENDS,
        DEPENDS,
        CONFLICTS,
        BREAKS,
        RECOMMENDS,
        SUGGESTS;

        boolean isNegative() {
            return this == CONFLICTS || this == BREAKS;
        }

        /// Whether a package cannot be installed while this does not hold.
        boolean isCritical() {
            return this != RECOMMENDS && this != SUGGESTS;
        }
    }

    /// One alternative: a relation and the name in the universe that it points to.
    record Target(Relation relation, PackageNode node) {}

    /// Conflicts never speak of the package itself.
    boolean ignores(PackageNode node) {
        return kind.isNegative() && node == owner.node();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Target target : alternatives) {
            text.append(text.isEmpty() ? "" : " | ").append(target.relation());
        }
        return text.toString();
    }
}
