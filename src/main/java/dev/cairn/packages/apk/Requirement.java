package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// A dependency in a solver's run; also used for what a package provides.
///
/// @param version null where none is said
/// @param tag the number of the repository tag that the world names, 0 for none
record Requirement(
        Name name,
        boolean conflict,
        ApkDependency.Operator operator,
        @Nullable String version,
        int tag) {

    /// Whether the provision (null: nobody provides the name) is all right with the requirement.
    boolean accepts(@Nullable Provision provision) {
        return provision == null ? conflict : matches(provision) != conflict;
    }

    private boolean matches(Provision provision) {
        if (operator == ApkDependency.Operator.ANY || version == null) {
            return true;
        }
        if (operator == ApkDependency.Operator.CHECKSUM) {
            return provision.candidate().checksum.equals(version);
        }
        String provided = provision.version();
        return provided != null && operator.accepts(ApkVersion.compare(provided, version, operator.isFuzzy()));
    }

    @Override
    public String toString() {
        return (conflict ? "!" : "") + name + operator.sign() + (version == null ? "" : version);
    }
}
