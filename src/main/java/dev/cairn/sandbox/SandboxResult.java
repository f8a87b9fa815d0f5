package dev.cairn.sandbox;

/// How a run ended.
///
/// @param exitCode the program's; 128+n when signal n ended it
/// @param out the standard output; malformed UTF-8 is replaced
/// @param err the error output
/// @param truncated whether some of the output was dropped because it was over the limit
/// @param timedOut whether it was killed because its time was over
public record SandboxResult(int exitCode, String out, String err, boolean truncated, boolean timedOut) {}
