/// Packages as layers: a package becomes a layer once, with the facts that assembly needs.
@NullMarked
package dev.cairn.image.layer;

import org.jspecify.annotations.NullMarked;
