package dev.cairn.sandbox;

/// What makes the namespaces.
public enum Engine {
    RUNC("runc"),
    BUBBLEWRAP("bwrap");

    private final String program;

    Engine(String program) {
        this.program = program;
    }

    /// The program's name on the PATH.
    public String program() {
        return program;
    }
}
