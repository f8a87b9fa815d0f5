package dev.cairn.migrate.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One word of a command, as written: quotes and expansions are its parts.
///
/// @param start where it starts in the script
/// @param end where it ends
/// @param parts its pieces, in order; none for a word that is empty quotes
public record Word(int start, int end, List<Part> parts) {
    public Word {
        parts = List.copyOf(parts);
    }

    /// A piece of a word.
    public sealed interface Part {
        /// Text that stands for itself.
        ///
        /// @param text the text, quotes and escapes removed
        /// @param quoted whether it was quoted: wildcards and braces in it mean nothing
        record Literal(String text, boolean quoted) implements Part {}

        /// `$name` or `${name…}`.
        ///
        /// @param name the variable's name
        /// @param plain whether nothing but the name is in the braces
        /// @param quoted whether it is inside double quotes: not split into words
        /// @param inner the commands that its default or pattern runs
        record Parameter(String name, boolean plain, boolean quoted, List<CommandList> inner) implements Part {
            public Parameter {
                inner = List.copyOf(inner);
            }
        }

        /// `$(…)`, backticks, `<(…)` or `>(…)`.
        ///
        /// @param commands what it runs; null where it is in backticks with escapes, whose places are not kept
        /// @param text what is written inside
        /// @param quoted whether it is inside double quotes
        record Substitution(@Nullable CommandList commands, String text, boolean quoted) implements Part {}

        /// `$((…))`.
        ///
        /// @param text what is written inside
        /// @param inner the commands that it runs
        record Arithmetic(String text, List<CommandList> inner) implements Part {
            public Arithmetic {
                inner = List.copyOf(inner);
            }
        }
    }

    /// What the word is whatever the variables are; null where it holds an expansion.
    public @Nullable String value() {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal) {
            return literal.text();
        }
        StringBuilder value = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Part.Literal literal)) {
                return null;
            }
            value.append(literal.text());
        }
        return value.toString();
    }

    /// Whether this is the word `text`, quoted or not.
    public boolean is(String text) {
        return text.equals(value());
    }

    /// Whether it stands for exactly one word: no expansion, and nothing that the shell makes file names of.
    public boolean isPlain() {
        for (Part part : parts) {
            if (!(part instanceof Part.Literal literal) || (!literal.quoted() && isPattern(literal.text()))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a part is quoted.
    public boolean isQuoted() {
        for (Part part : parts) {
            if (part instanceof Part.Literal literal && literal.quoted()) {
                return true;
            }
        }
        return parts.isEmpty();
    }

    private static boolean isPattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?' || c == '[' || (c == '~' && i == 0)) {
                return true;
            }
            if (c == '{' && text.indexOf('}', i) > 0 && (text.indexOf(',', i) > 0 || text.indexOf("..", i) > 0)) {
                return true;
            }
        }
        return false;
    }
}
