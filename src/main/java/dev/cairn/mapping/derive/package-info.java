/// Derives the tables of package names from what packages provide: indexes and file lists in, rows with evidence out.
@NullMarked
package dev.cairn.mapping.derive;

import org.jspecify.annotations.NullMarked;
