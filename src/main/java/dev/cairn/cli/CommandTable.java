package dev.cairn.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands by name. A command is made when it is asked for: what a command line does not name is never set up.
interface CommandTable {
    /// Every command's name, in the order of the help text.
    List<String> names();

    /// A new instance of the command, or null when there is none of that name.
    @Nullable
    Command named(String name);
}
