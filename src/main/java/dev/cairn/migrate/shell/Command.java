package dev.cairn.migrate.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command: a simple one, or one that holds lists of commands.
public sealed interface Command {
    /// Where it starts.
    int start();

    /// Where it ends, redirections included.
    int end();

    /// Its redirections.
    List<Redirection> redirections();

    /// A name and its arguments, with assignments in front.
    record Simple(int start, int end, List<Assignment> assignments, List<Word> words, List<Redirection> redirections)
            implements Command {
        public Simple {
            assignments = List.copyOf(assignments);
            words = List.copyOf(words);
            redirections = List.copyOf(redirections);
        }

        /// The command's name, where it is written out; null for one that is only known when it runs, and where
        /// there is none.
        public @Nullable String name() {
            return words.isEmpty() ? null : words.getFirst().value();
        }
    }

    /// What a compound command is.
    enum Kind {
        GROUP,
        SUBSHELL,
        IF,
        WHILE,
        FOR,
        CASE,
        FUNCTION,
        TEST,
        ARITHMETIC
    }

    /// `{ …; }`, `( … )`, `if`, `while`, `until`, `for`, `select`, `case`, a function, `[[ … ]]` or `(( … ))`.
    ///
    /// @param kind which of them
    /// @param head its words: those behind `in`, the word of `case` and its patterns, the function's name
    /// @param lists the lists of commands in it, in order
    record Compound(
            Kind kind, int start, int end, List<Word> head, List<CommandList> lists, List<Redirection> redirections)
            implements Command {
        public Compound {
            head = List.copyOf(head);
            lists = List.copyOf(lists);
            redirections = List.copyOf(redirections);
        }
    }
}
