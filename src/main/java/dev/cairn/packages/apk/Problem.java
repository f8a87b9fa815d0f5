package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// Something that kept a solver from a solution.
sealed interface Problem {
    /// Nobody provides a name that is required, or nobody may be picked by himself.
    record Missing(Name name) implements Problem {}

    /// Two packages provide the same name, and one of them in a version.
    record SameName(Candidate one, Candidate other, Name name) implements Problem {}

    /// The best package for a name breaks a requirement, or its repository's tag is not allowed.
    record Broken(Candidate candidate, Name name) implements Problem {}

    /// A chosen package needs what the others do not give.
    record Unfulfilled(
            Candidate candidate,
            Requirement requirement,
            @Nullable Candidate found) implements Problem {}

    /// The world pins to a tag that no repository has.
    record UnknownTag(ApkDependency wanted) implements Problem {}
}
