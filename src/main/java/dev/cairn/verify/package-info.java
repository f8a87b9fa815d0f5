/// Walks an image back to what distributions signed.
@NullMarked
package dev.cairn.verify;

import org.jspecify.annotations.NullMarked;
