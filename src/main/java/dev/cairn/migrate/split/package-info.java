/// The step `split`: one build stage becomes a builder and a runtime.
@NullMarked
package dev.cairn.migrate.split;

import org.jspecify.annotations.NullMarked;
