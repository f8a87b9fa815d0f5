/// A reader of POSIX shell and bash scripts that understands or refuses: words, simple commands, compound commands.
@NullMarked
package dev.cairn.migrate.shell;

import org.jspecify.annotations.NullMarked;
