/// The assembler: definition, resolution, lock, layers, image.
@NullMarked
package dev.cairn.image;

import org.jspecify.annotations.NullMarked;
