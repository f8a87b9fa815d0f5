package dev.cairn.migrate.split;

import dev.cairn.migrate.Edits;
import dev.cairn.migrate.Reason;
import java.util.List;

/// What came of splitting a file.
public sealed interface Split {
    /// The file can be split.
    ///
    /// @param toolchain what builds in it
    /// @param edits the change
    /// @param notes what a reviewer should know, each a sentence
    record Done(Toolchain toolchain, Edits edits, List<String> notes) implements Split {
        public Done {
            notes = List.copyOf(notes);
        }
    }

    /// It is left as it is.
    ///
    /// @param reason why
    /// @param line the 1-based line that decided
    /// @param subject the word on that line that decided, as written; empty where it is the line itself
    record Refused(Reason reason, int line, String subject) implements Split {}
}
