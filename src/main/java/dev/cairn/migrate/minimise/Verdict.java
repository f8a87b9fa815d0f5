package dev.cairn.migrate.minimise;

import dev.cairn.migrate.dockerfile.InstallLines.Name;
import java.util.List;

/// What becomes of a package on an install line.
///
/// @param name the package
/// @param kind what becomes of it
/// @param instead what is installed in its place; empty where it stays or goes
/// @param evidence why, for people
record Verdict(Name name, Kind kind, List<String> instead, String evidence) {
    Verdict {
        instead = List.copyOf(instead);
    }

    /// What becomes of it.
    enum Kind {
        /// It stays: there is evidence that it is needed.
        KEEP,
        /// Others are installed instead.
        REPLACE,
        /// It goes.
        DROP,
        /// It stays, since nothing is known of it.
        UNKNOWN
    }

    static Verdict keep(Name name, String evidence) {
        return new Verdict(name, Kind.KEEP, List.of(), evidence);
    }

    static Verdict unknown(Name name, String evidence) {
        return new Verdict(name, Kind.UNKNOWN, List.of(), evidence);
    }

    /// It goes where nothing is installed instead.
    static Verdict instead(Name name, List<String> instead, String evidence) {
        return new Verdict(name, instead.isEmpty() ? Kind.DROP : Kind.REPLACE, instead, evidence);
    }

    /// Whether the line changes.
    boolean changes() {
        return kind == Kind.REPLACE || kind == Kind.DROP;
    }
}
