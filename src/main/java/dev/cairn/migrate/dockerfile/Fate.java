package dev.cairn.migrate.dockerfile;

/// What becomes of a command.
enum Fate {
    /// It stays, possibly with changes inside.
    KEEP,
    /// It goes, together with the operator that ties it to its neighbours.
    REMOVE
}
