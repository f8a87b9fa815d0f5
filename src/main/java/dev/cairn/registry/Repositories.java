package dev.cairn.registry;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The repositories, as storage keeps them. One is made by the first push to it.
public interface Repositories {
    /// The repository of this name.
    Optional<Repository> find(RepositoryName name);

    /// The repository of this name, made if need be.
    ///
    /// @throws DistributionException `NAME_UNKNOWN` where there is no such organisation
    Repository open(RepositoryName name);

    /// Makes it public or private.
    ///
    /// @return whether there is such a repository
    boolean setPublic(RepositoryName name, boolean isPublic);

    /// The names of public repositories and of all in these organisations, sorted; those behind `last`.
    ///
    /// @param organisations whose private repositories are listed too; null for everyone's
    List<String> list(@Nullable SortedSet<String> organisations, @Nullable String last, int limit);
}
