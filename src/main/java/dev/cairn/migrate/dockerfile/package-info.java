/// Dockerfiles: a lossless reader that agrees with BuildKit's, and the steps that rewrite them.
@NullMarked
package dev.cairn.migrate.dockerfile;

import org.jspecify.annotations.NullMarked;
