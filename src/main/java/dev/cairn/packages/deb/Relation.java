package dev.cairn.packages.deb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One package name in a relation field, with its version limit: `libc6 (>= 2.38)`, `python3:any`
/// (Debian Policy 7.1).
///
/// @param name the package's name without qualifier
/// @param qualifier what follows a colon: `any`, `native`, an architecture; empty when nothing does
/// @param operator how the version limits; `ANY` without one
/// @param version the version that the operator speaks of; null without one
public record Relation(
        String name,
        String qualifier,
        Operator operator,
        @Nullable DebVersion version) {

    /// How a version must stand to the limit.
    public enum Operator {
        /// No limit.
        ANY(""),
        /// Strictly earlier.
        LESS("<<"),
        /// Earlier or equal.
        AT_MOST("<="),
        /// Equal.
        EQUAL("="),
        /// Later or equal.
        AT_LEAST(">="),
        /// Strictly later.
        GREATER(">>");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        static Operator parse(String text, String whole) {
            return switch (text) {
                case "<<" -> LESS;
                // The single signs are long obsolete and mean "or equal".
                case "<=", "<" -> AT_MOST;
                case "=", "==" -> EQUAL;
                case ">=", ">" -> AT_LEAST;
                case ">>" -> GREATER;
                default -> throw DebException.malformed("unknown version operator '" + text + "' in '" + whole + "'");
            };
        }
    }

    public Relation {
        if (name.isEmpty()) {
            throw DebException.malformed("a relation names no package");
        }
        if ((version == null) != (operator == Operator.ANY)) {
            throw DebException.malformed("relation on '" + name + "': an operator goes with a version");
        }
    }

    /// True when a package of this version answers the relation. A null version (an unversioned Provides) answers
    /// only a relation without a limit (Policy 7.5).
    boolean accepts(@Nullable DebVersion candidate) {
        if (version == null) {
            return true;
        }
        if (candidate == null) {
            return false;
        }
        int order = candidate.compareTo(version);
        return switch (operator) {
            case ANY -> true;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case EQUAL -> order == 0;
            case AT_LEAST -> order >= 0;
            case GREATER -> order > 0;
        };
    }

    /// Reads a field: groups between commas, alternatives between bars.
    ///
    /// @throws DebException when it does not keep to the syntax
    public static List<List<Relation>> parseField(String field) {
        List<List<Relation>> groups = new ArrayList<>();
        int start = 0;
        while (start < field.length()) {
            int comma = field.indexOf(',', start);
            int end = comma < 0 ? field.length() : comma;
            if (!field.substring(start, end).isBlank()) {
                groups.add(parseGroup(field, start, end));
            }
            start = end + 1;
        }
        return groups;
    }

    private static List<Relation> parseGroup(String field, int start, int end) {
        List<Relation> group = new ArrayList<>(1);
        int from = start;
        while (from <= end) {
            int bar = field.indexOf('|', from);
            int to = bar < 0 || bar > end ? end : bar;
            group.add(parse(field.substring(from, to)));
            from = to + 1;
            if (to == end) {
                break;
            }
        }
        return group;
    }

    /// Reads one relation: `name[:qualifier] [(operator version)]`.
    ///
    /// @throws DebException when it does not keep to the syntax
    public static Relation parse(String text) {
        int start = skipBlanks(text, 0);
        int i = start;
        while (i < text.length() && !isBlank(text.charAt(i)) && text.charAt(i) != '(') {
            i++;
        }
        String word = text.substring(start, i);
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        String qualifier = colon < 0 ? "" : word.substring(colon + 1);
        i = skipBlanks(text, i);
        if (i == text.length()) {
            return new Relation(name, qualifier, Operator.ANY, null);
        }
        int close = text.indexOf(')', i);
        if (text.charAt(i) != '(' || close < 0 || skipBlanks(text, close + 1) != text.length()) {
            throw DebException.malformed("malformed relation '" + text.strip() + "'");
        }
        return limited(text, name, qualifier, text.substring(i + 1, close).strip());
    }

    private static Relation limited(String whole, String name, String qualifier, String limit) {
        int i = 0;
        while (i < limit.length() && "<>=".indexOf(limit.charAt(i)) >= 0) {
            i++;
        }
        Operator operator = Operator.parse(limit.substring(0, i), whole.strip());
        return new Relation(
                name, qualifier, operator, DebVersion.parse(limit.substring(i).strip()));
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    @Override
    public String toString() {
        String full = qualifier.isEmpty() ? name : name + ":" + qualifier;
        return version == null ? full : full + " (" + operator.text + " " + version + ")";
    }
}
