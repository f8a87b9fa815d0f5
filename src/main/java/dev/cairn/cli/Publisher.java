package dev.cairn.cli;

/// later
final class Publisher {}
