/// tar, ar, gzip, xz and zstd: deterministic writers; readers that are safe against hostile input.
@NullMarked
package dev.cairn.archive;

import org.jspecify.annotations.NullMarked;
