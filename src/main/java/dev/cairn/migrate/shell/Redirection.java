package dev.cairn.migrate.shell;

import org.jspecify.annotations.Nullable;

/// `2>&1`, `>file`, `<<EOF`, `<<<word`.
///
/// @param start where it starts, file descriptor included
/// @param end where the target ends
/// @param operator `<`, `>`, `>>`, `>|`, `<>`, `<&`, `>&`, `&>`, `&>>`, `<<`, `<<-` or `<<<`
/// @param descriptor the number in front of it; -1 where there is none
/// @param target the word behind it
/// @param document for here-documents, the body
public record Redirection(
        int start,
        int end,
        String operator,
        int descriptor,
        Word target,
        @Nullable HereDocument document) {

    /// The body of a here-document.
    public static final class HereDocument {
        private final String terminator;
        private final boolean expanded;
        private int start = -1;
        private int end = -1;

        HereDocument(String terminator, boolean expanded) {
            this.terminator = terminator;
            this.expanded = expanded;
        }

        void place(int from, int to) {
            start = from;
            end = to;
        }

        /// The line that ends it.
        public String terminator() {
            return terminator;
        }

        /// Whether variables and commands in it are expanded.
        public boolean expanded() {
            return expanded;
        }

        /// Where its first line starts.
        public int start() {
            return start;
        }

        /// Where the line that ends it starts.
        public int end() {
            return end;
        }
    }
}
