package dev.cairn.packages.deb;

import org.jspecify.annotations.Nullable;

/// One entry of a world for Debian: `name`, `name=version` (a trailing `*` stands for any end), `name/suite`,
/// a comparison (`name>=1.2`, `<<`, `<=`, `>>`, `~` for "begins with"), and `!name` or `name-` for what must stay out.
///
/// @param text as written
/// @param name the package
/// @param kind what is said of it
/// @param operand the version, prefix or suite; empty for `ANY` and `OUT`
record WorldItem(String text, String name, Kind kind, String operand) {

    enum Kind {
        ANY,
        OUT,
        SUITE,
        EXACT,
        PREFIX,
        LESS,
        AT_MOST,
        AT_LEAST,
        GREATER
    }

    /// Reads an entry.
    ///
    /// @throws DebException when it is malformed
    static WorldItem parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("!")) {
            return of(text, trimmed.substring(1), Kind.OUT, "");
        }
        int i = 0;
        while (i < trimmed.length() && "=<>~/".indexOf(trimmed.charAt(i)) < 0) {
            i++;
        }
        String name = trimmed.substring(0, i).strip();
        if (i == trimmed.length()) {
            return of(text, name, Kind.ANY, "");
        }
        int start = i;
        while (i < trimmed.length() && "=<>~/".indexOf(trimmed.charAt(i)) >= 0) {
            i++;
        }
        String operator = trimmed.substring(start, i);
        String operand = trimmed.substring(i).strip();
        if (operand.isEmpty()) {
            throw DebException.malformed("package '" + text + "' says '" + operator + "' without a version or suite");
        }
        return switch (operator) {
            case "=" ->
                operand.endsWith("*")
                        ? of(text, name, Kind.PREFIX, operand.substring(0, operand.length() - 1))
                        : of(text, name, Kind.EXACT, operand);
            case "~", "=~" -> of(text, name, Kind.PREFIX, operand);
            case "/" -> of(text, name, Kind.SUITE, operand);
            case "<", "<<" -> of(text, name, Kind.LESS, operand);
            case "<=" -> of(text, name, Kind.AT_MOST, operand);
            case ">", ">>" -> of(text, name, Kind.GREATER, operand);
            case ">=" -> of(text, name, Kind.AT_LEAST, operand);
            default ->
                throw DebException.malformed("package '" + text + "' has the unknown operator '" + operator + "'");
        };
    }

    private static WorldItem of(String text, String name, Kind kind, String operand) {
        if (name.isEmpty() || name.indexOf(' ') >= 0) {
            throw DebException.malformed("'" + text + "' is not the name of a package");
        }
        return new WorldItem(text, name, kind, operand);
    }

    /// Whether a version is one that the entry speaks of.
    boolean accepts(VersionNode node) {
        DebVersion version = node.version();
        return switch (kind) {
            case ANY, OUT -> true;
            case SUITE -> suiteOf(node) != null;
            case EXACT -> version.equals(DebVersion.parse(operand));
            case PREFIX -> version.toString().startsWith(operand);
            case LESS -> version.compareTo(DebVersion.parse(operand)) < 0;
            case AT_MOST -> version.compareTo(DebVersion.parse(operand)) <= 0;
            case AT_LEAST -> version.compareTo(DebVersion.parse(operand)) >= 0;
            case GREATER -> version.compareTo(DebVersion.parse(operand)) > 0;
        };
    }

    private @Nullable SuiteIndex suiteOf(VersionNode node) {
        for (SuiteIndex source : node.sources()) {
            if (source.isCalled(operand)) {
                return source;
            }
        }
        return null;
    }
}
