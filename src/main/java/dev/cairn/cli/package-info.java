/// The commands, one file each; the only room that prints.
@NullMarked
package dev.cairn.cli;

import org.jspecify.annotations.NullMarked;
