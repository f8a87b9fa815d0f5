/// OCI images as immutable values: descriptor, manifest, index, configuration, reference, platform, layer.
@NullMarked
package dev.cairn.oci;

import org.jspecify.annotations.NullMarked;
