/// What every step of the path shares: byte ranges, edits that keep all other bytes, unified diffs, findings.
@NullMarked
package dev.cairn.migrate;

import org.jspecify.annotations.NullMarked;
