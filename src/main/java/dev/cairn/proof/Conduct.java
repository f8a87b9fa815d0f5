package dev.cairn.proof;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an image did when its start command was run.
///
/// @param exit the exit code when it ended by itself, 127 when it has no such program; null when it kept running
/// @param output what it printed on both streams, the error stream last; at most [Rehearsal#OUTPUT_LIMIT] bytes each
/// @param ports the TCP ports on which it listened
/// @param smoke what the smoke script said of it; null where none was run
public record Conduct(
        @Nullable Integer exit,
        String output,
        SortedSet<Integer> ports,
        @Nullable Smoke smoke) {
    /// A smoke script's end.
    ///
    /// @param exit its exit code; 124 when its time was over
    /// @param output what it printed
    public record Smoke(int exit, String output) {}

    public Conduct {
        ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    }

    /// `kept running` or `exit code 1`.
    public String ending() {
        return exit == null ? "kept running" : "exit code " + exit;
    }
}
