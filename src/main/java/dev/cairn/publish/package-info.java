/// Publishing: an image with all that is said about it goes into a registry, and only then its tags.
@NullMarked
package dev.cairn.publish;

import org.jspecify.annotations.NullMarked;
