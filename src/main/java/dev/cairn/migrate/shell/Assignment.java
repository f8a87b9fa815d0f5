package dev.cairn.migrate.shell;

import java.util.List;

/// `NAME=value` in front of a command or instead of one, `NAME+=value`, `NAME=(a b)`.
///
/// @param start where it starts
/// @param end where it ends
/// @param name the variable
/// @param append whether it is `+=`
/// @param array whether the value is a list in parentheses
/// @param values the value, or the words of the list; a value may be an empty word
public record Assignment(int start, int end, String name, boolean append, boolean array, List<Word> values) {
    public Assignment {
        values = List.copyOf(values);
    }
}
