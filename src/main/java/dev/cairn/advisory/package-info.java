/// Vulnerability feeds, VEX, and the local database that scans are matched against.
@NullMarked
package dev.cairn.advisory;

import org.jspecify.annotations.NullMarked;
