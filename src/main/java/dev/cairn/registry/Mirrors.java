package dev.cairn.registry;

import java.util.SortedMap;

/// The mirror table, as storage keeps it: which repository answers for which name. An owner edits it; a row is a
/// repository (`library/python`) or all below a prefix (`library/*`), and so is its target (`my.co/python`, `my.co/*`).
public interface Mirrors {
    /// The name that answers for this one: itself where no row is about it. The longest row counts.
    String source(String repository);

    /// All rows, sorted.
    SortedMap<String, String> rows();

    /// Adds a row, or changes it.
    ///
    /// @throws DistributionException `BAD_REQUEST` where one is a prefix and the other is not
    void put(String from, String to);

    /// Takes a row away.
    ///
    /// @return whether it was there
    boolean remove(String from);
}
