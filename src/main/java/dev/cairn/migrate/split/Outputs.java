package dev.cairn.migrate.split;

import java.util.List;

/// What the runtime takes from the builder, and what both say so that it is found.
///
/// @param copies paths in the builder, which lie at the same path in the runtime
/// @param preparation lines that the builder has before its first build command
/// @param environment lines of the runtime
/// @param notes what a reviewer should know
record Outputs(List<String> copies, List<String> preparation, List<String> environment, List<String> notes) {
    Outputs {
        copies = List.copyOf(copies);
        preparation = List.copyOf(preparation);
        environment = List.copyOf(environment);
        notes = List.copyOf(notes);
    }

    static Outputs of(List<String> copies) {
        return new Outputs(copies, List.of(), List.of(), List.of());
    }

    Outputs noting(String note) {
        return new Outputs(copies, preparation, environment, List.of(note));
    }
}
