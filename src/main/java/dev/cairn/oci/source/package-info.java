/// Any image by the name that a person gives it: a layout, an archive, a registry's.
@NullMarked
package dev.cairn.oci.source;

import org.jspecify.annotations.NullMarked;
