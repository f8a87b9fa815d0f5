/// The path in one go: a repository's images are surveyed, and taken step by step to distroless on copies, with what
/// each
/// step changed, built, ran and removed.
@NullMarked
package dev.cairn.path;

import org.jspecify.annotations.NullMarked;
