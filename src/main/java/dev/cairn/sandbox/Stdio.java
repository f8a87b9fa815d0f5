package dev.cairn.sandbox;

/// Where the sandbox's standard streams lead.
public enum Stdio {
    /// To this process's own.
    INHERIT,
    /// Output to this process's own; no input.
    INHERIT_OUTPUT,
    /// Output is kept for [RunningSandbox#output]; no input.
    CAPTURE
}
