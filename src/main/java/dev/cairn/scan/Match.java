package dev.cairn.scan;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.FeedKind;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// One flaw that a package's version has.
///
/// @param id its main id, a CVE where there is one
/// @param aliases its other ids
/// @param fixedIn the first version without it, empty where none is named
/// @param fact the fact that says so
/// @param feed the kind of feed that the fact is from
/// @param because the stretch of versions that this one is in
public record Match(String id, SortedSet<String> aliases, String fixedIn, Fact fact, FeedKind feed, String because) {
    private static final SortedSet<String> NONE = Collections.emptySortedSet();

    public Match {
        aliases = Collections.unmodifiableSortedSet(aliases.isEmpty() ? NONE : new TreeSet<>(aliases));
    }

    /// Whether an upgrade of the package removes it.
    public boolean isFixable() {
        return !fixedIn.isEmpty();
    }
}
