/// Runs a command in a root file system: runc or bubblewrap; limits, mounts, capture.
@NullMarked
package dev.cairn.sandbox;

import org.jspecify.annotations.NullMarked;
