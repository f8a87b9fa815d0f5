package dev.cairn.packages;

/// One answer of a search.
///
/// @param name the package
/// @param version its newest version
/// @param why what matched: `cmd:curl=8.5.0-r0`, `/usr/bin/curl`, or empty for a match by name
/// @param description the package's one-line description
public record SearchHit(String name, String version, String why, String description) {}
