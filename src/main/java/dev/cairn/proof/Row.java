package dev.cairn.proof;

/// One line of the comparison.
///
/// @param name what is compared
/// @param before what it was
/// @param after what it is
/// @param verdict what to think of it
/// @param why the reason, or the step that intends it; empty where nothing differs
public record Row(String name, String before, String after, Verdict verdict, String why) {}
