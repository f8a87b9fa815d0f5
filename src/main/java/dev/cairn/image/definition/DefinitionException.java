package dev.cairn.image.definition;

import java.util.Objects;

/// A definition that cannot be used, with the place that says so.
///
/// The message is `file:line:column: what is wrong`, the line itself with a caret below the column, and where there is
/// something to do, a last line `try: …`. User names and passwords in addresses are masked.
public final class DefinitionException extends RuntimeException {

    /// What is wrong.
    public enum Code {
        /// The file is not YAML, or not UTF-8.
        SYNTAX,
        /// A key that definitions do not have.
        UNKNOWN_KEY,
        /// A key that stands twice in one mapping.
        DUPLICATE_KEY,
        /// A key that has to be there is not.
        MISSING_KEY,
        /// A list where a text is wanted, and the like.
        WRONG_TYPE,
        /// The right type with a value that means nothing.
        BAD_VALUE,
        /// Something of apko's that Cairn does not do.
        UNSUPPORTED,
        /// A file that the definition names, or the definition itself, is not there.
        MISSING_FILE,
        /// A definition that includes itself.
        INCLUDE_CYCLE,
        /// Larger, deeper or more expanded than any real definition.
        TOO_LARGE
    }

    private static final long serialVersionUID = 1;

    private final Code code;
    private final transient Position position;
    private final String problem;

    DefinitionException(Code code, Position position, String problem, String excerpt, String hint) {
        super(message(position, problem, excerpt, hint));
        this.code = code;
        this.position = Objects.requireNonNull(position, "position");
        this.problem = problem;
    }

    private static String message(Position position, String problem, String excerpt, String hint) {
        StringBuilder text = new StringBuilder().append(position).append(": ").append(problem);
        if (!excerpt.isEmpty()) {
            text.append('\n').append(excerpt);
        }
        if (!hint.isEmpty()) {
            text.append("\ntry: ").append(hint);
        }
        return text.toString();
    }

    /// What kind of fault it is.
    public Code code() {
        return code;
    }

    /// Where it is.
    public Position position() {
        return position;
    }

    /// What is wrong, without the place, the excerpt and the advice.
    public String problem() {
        return problem;
    }
}
