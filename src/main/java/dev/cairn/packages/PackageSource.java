package dev.cairn.packages;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// A set of package repositories of one format for one architecture, opened and checked: it resolves worlds, finds
/// packages by what they provide, and fetches package files.
public interface PackageSource {

    /// The format of its packages.
    Ecosystem ecosystem();

    /// The architecture, as the format names it.
    String architecture();

    /// Solves a world. Equal worlds over equal indexes give equal resolutions.
    Resolution resolve(List<String> world);

    /// The packages that match, best first: the newest version of each name only.
    default List<SearchHit> search(SearchQuery query) throws IOException {
        return search(query, warning -> {});
    }

    /// The same, and what a person should know of the answers is told to `warnings`. Searching informs; nothing is
    /// installed by it, so where a list of files is not the one that was signed it is used all the same, and said.
    List<SearchHit> search(SearchQuery query, Consumer<String> warnings) throws IOException;

    /// The package's file in the cache, downloaded when it is not there. Its signature or digest, name, version and
    /// architecture have been checked against the index row; a break is an exception of the format's room. Safe to
    /// be called from several threads.
    PackageFile file(ResolvedPackage wanted) throws IOException;

    /// Whether a package of that name can be asked for: one is called so, or provides it.
    boolean offers(String name);

    /// Whether one of the indexes has exactly this row: name, version and checksum.
    boolean lists(ResolvedPackage wanted);

    /// The names that make an image distroful when they are added to a world: the package manager, a shell, the
    /// basic commands, and everything that the distribution calls essential; sorted.
    List<String> distroful();

    /// What decided every answer of this source: one digest over the content of all its indexes.
    Digest fingerprint();
}
