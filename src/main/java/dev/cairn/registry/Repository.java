package dev.cairn.registry;

/// A repository that exists.
///
/// @param id its number, which nobody outside sees
/// @param name its name
/// @param isPublic whether everyone may pull from it
public record Repository(long id, RepositoryName name, boolean isPublic) {}
