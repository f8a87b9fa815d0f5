package dev.cairn.packages.apk;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A dependency in apk's form `[!]name[@tag][operator version]`: of a package, or of a world.
///
/// @param name what must be there: a package, or something provided (`so:libssl.so.3`, `cmd:sh`, `/bin/sh`)
/// @param conflict whether it must not be there (`!name`)
/// @param operator how its version compares with `version`; [Operator#ANY] where none is asked for
/// @param version the version, or empty with [Operator#ANY]; a package checksum with [Operator#CHECKSUM]
/// @param tag the repository tag without its `@`, or empty
public record ApkDependency(String name, boolean conflict, Operator operator, String version, String tag) {

    /// What a version must be.
    public enum Operator {
        /// Any version, also none.
        ANY(0, ""),
        /// `=`
        EQUAL(1, "="),
        /// `<`
        LESS(2, "<"),
        /// `>`
        GREATER(3, ">"),
        /// `<=`
        LESS_OR_EQUAL(4, "<="),
        /// `>=`
        GREATER_OR_EQUAL(5, ">="),
        /// `~`: starts with it.
        FUZZY(6, "~"),
        /// `<~`: older, or starts with it.
        LESS_OR_FUZZY(7, "<~"),
        /// `>~`: newer, or starts with it.
        GREATER_OR_FUZZY(8, ">~"),
        /// `><`: the package with this checksum.
        CHECKSUM(9, "><");

        private final int code;
        private final String sign;

        Operator(int code, String sign) {
            this.code = code;
            this.sign = sign;
        }

        /// Its number in compiled indexes.
        int code() {
            return code;
        }

        /// The operator as written.
        public String sign() {
            return sign;
        }

        boolean isFuzzy() {
            return this == FUZZY || this == LESS_OR_FUZZY || this == GREATER_OR_FUZZY;
        }

        /// Whether a version that compares so (negative, zero, positive) with the dependency's is one that it wants.
        boolean accepts(int order) {
            return switch (this) {
                case ANY -> true;
                case EQUAL, FUZZY -> order == 0;
                case LESS -> order < 0;
                case GREATER -> order > 0;
                case LESS_OR_EQUAL, LESS_OR_FUZZY -> order <= 0;
                case GREATER_OR_EQUAL, GREATER_OR_FUZZY -> order >= 0;
                case CHECKSUM -> false;
            };
        }

        private static Operator of(boolean less, boolean greater, boolean equal, boolean fuzzy) {
            if (fuzzy) {
                return less == greater ? (less ? ANY : FUZZY) : less ? LESS_OR_FUZZY : GREATER_OR_FUZZY;
            }
            if (less && greater) {
                return equal ? ANY : CHECKSUM;
            }
            if (less) {
                return equal ? LESS_OR_EQUAL : LESS;
            }
            return greater ? (equal ? GREATER_OR_EQUAL : GREATER) : EQUAL;
        }
    }

    /// Reads what a package or an index says. Its versions are taken as they are.
    ///
    /// @throws ApkException ([ApkException.Code#SYNTAX]) without a name, or without a version
    public static ApkDependency parse(String text) {
        boolean conflict = text.startsWith("!");
        int start = conflict ? 1 : 0;
        int sign = start;
        while (sign < text.length() && !isSign(text.charAt(sign))) {
            sign++;
        }
        int end = sign;
        while (end < text.length() && isSign(text.charAt(end))) {
            end++;
        }
        String name = text.substring(start, sign);
        int at = name.indexOf('@');
        String tag = at < 0 ? "" : name.substring(at + 1);
        name = at < 0 ? name : name.substring(0, at);
        if (name.isEmpty() || (sign < text.length() && end == text.length())) {
            throw invalid(text);
        }
        byte[] signs = text.substring(sign, end).getBytes(StandardCharsets.ISO_8859_1);
        Operator operator = operator(signs, 0, signs.length);
        return new ApkDependency(name, conflict, operator, text.substring(end), tag);
    }

    /// Reads an item of a world (what a person wrote), where a version must be one.
    ///
    /// @throws ApkException ([ApkException.Code#SYNTAX])
    public static ApkDependency parseWanted(String text) {
        ApkDependency wanted = parse(text.strip());
        boolean versioned = wanted.operator != Operator.ANY && wanted.operator != Operator.CHECKSUM;
        boolean blank = text.strip().indexOf(' ') >= 0 || text.strip().indexOf('\t') >= 0;
        if (blank || (versioned && !ApkVersion.isValid(wanted.version))) {
            throw invalid(text);
        }
        return wanted;
    }

    private static ApkException invalid(String text) {
        return new ApkException(
                ApkException.Code.SYNTAX,
                "'" + text + "' is no package dependency: expected [!]name[@tag][operator version], as in"
                        + " redis, redis=7.2.4-r0, redis~7.2, nginx@edge or !telnet");
    }

    /// The operator whose signs are `text[from..to)`.
    static Operator operator(byte[] text, int from, int to) {
        if (from == to) {
            return Operator.ANY;
        }
        boolean less = false;
        boolean greater = false;
        boolean equal = false;
        boolean fuzzy = false;
        for (int i = from; i < to; i++) {
            less |= text[i] == '<';
            greater |= text[i] == '>';
            equal |= text[i] == '=';
            fuzzy |= text[i] == '~';
        }
        return Operator.of(less, greater, equal, fuzzy);
    }

    private static boolean isSign(char c) {
        return c == '<' || c == '>' || c == '=' || c == '~';
    }

    /// The form that [#parse] reads.
    // Written out: a record's own equals and hashCode are linked at run time, which every command would wait for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApkDependency that
                && name.equals(that.name)
                && conflict == that.conflict
                && operator == that.operator
                && version.equals(that.version)
                && tag.equals(that.tag);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + version.hashCode()) + operator.code() + (conflict ? 1 : 0);
    }

    @Override
    public String toString() {
        String tagged = tag.isEmpty() ? name : name + "@" + tag;
        return (conflict ? "!" : "") + tagged + operator.sign + version;
    }
}
