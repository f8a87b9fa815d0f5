package dev.cairn.migrate.shell;

import java.util.List;

/// Commands one after the other, between `;`, `&` and newlines.
///
/// @param items the commands with what ends each
public record CommandList(List<Item> items) {
    public CommandList {
        items = List.copyOf(items);
    }

    /// What ends a command.
    public enum Separator {
        SEMICOLON,
        BACKGROUND,
        NEWLINE,
        NONE
    }

    /// A command of a list.
    ///
    /// @param command pipelines between `&&` and `||`
    /// @param separator what ends it
    /// @param separatorStart where that starts
    /// @param separatorEnd where that ends
    public record Item(AndOr command, Separator separator, int separatorStart, int separatorEnd) {}

    /// Pipelines between `&&` and `||`, which bind alike, from left to right.
    ///
    /// @param pipelines the pipelines
    /// @param operators what is between them, one less
    public record AndOr(List<Pipeline> pipelines, List<Operator> operators) {
        public AndOr {
            pipelines = List.copyOf(pipelines);
            operators = List.copyOf(operators);
        }

        /// Where it starts.
        public int start() {
            return pipelines.getFirst().start();
        }

        /// Where it ends.
        public int end() {
            return pipelines.getLast().end();
        }
    }

    /// `&&` or `||`.
    ///
    /// @param and whether it is `&&`
    /// @param start where it is
    public record Operator(boolean and, int start) {
        /// Where it ends.
        public int end() {
            return start + 2;
        }
    }

    /// Commands between `|`.
    ///
    /// @param start where it starts, `!` and `time` included
    /// @param negated whether it starts with `!`
    /// @param timed whether it starts with `time`
    /// @param commands the commands
    public record Pipeline(int start, boolean negated, boolean timed, List<Command> commands) {
        public Pipeline {
            commands = List.copyOf(commands);
        }

        /// Where it ends.
        public int end() {
            return commands.getLast().end();
        }
    }
}
