/// What the package formats share: resolved packages, resolutions and their reasons.
@NullMarked
package dev.cairn.packages;

import org.jspecify.annotations.NullMarked;
