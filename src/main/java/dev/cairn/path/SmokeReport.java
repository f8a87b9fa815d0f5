package dev.cairn.path;

/// What became of a smoke test.
///
/// @param passed whether it passed
/// @param words its last words; where it failed, the services' too
/// @param millis how long it took, with starting and stopping the services
/// @param again whether it is the answer of an earlier run of the same images
public record SmokeReport(boolean passed, String words, long millis, boolean again) {}
