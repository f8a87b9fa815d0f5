package dev.cairn.advisory.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Maven's "Version Order Specification" (POM reference): tokens with the separator before them, trailing null values
/// dropped, then compared one by one.
final class MavenVersion {
    /// The qualifiers that come first, oldest first; "" is a release.
    private static final List<String> QUALIFIERS = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

    private static final int RELEASE = QUALIFIERS.indexOf("");

    private MavenVersion() {}

    private record Token(char separator, String text) {
        boolean isNumber() {
            return Digits.isNumber(text);
        }

        boolean isNull() {
            return text.isEmpty() || (isNumber() && Digits.isZero(text));
        }
    }

    static int compare(String a, String b) {
        List<Token> left = tokens(a);
        List<Token> right = tokens(b);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            Token x = i < left.size() ? left.get(i) : padding(right.get(i));
            Token y = i < right.size() ? right.get(i) : padding(left.get(i));
            int order = compare(x, y);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Token padding(Token other) {
        return new Token(other.separator, other.separator == '.' && other.isNumber() ? "0" : "");
    }

    private static int compare(Token a, Token b) {
        if (a.isNumber() && b.isNumber()) {
            return a.separator == b.separator ? Digits.compare(a.text, b.text) : a.separator == '-' ? -1 : 1;
        }
        if (a.isNumber() || b.isNumber()) {
            Token word = a.isNumber() ? b : a;
            Token number = a.isNumber() ? a : b;
            boolean equal = word.text.isEmpty() && number.isNull();
            return equal ? 0 : a.isNumber() ? 1 : -1;
        }
        if (a.separator != b.separator) {
            return a.separator == '.' ? -1 : 1;
        }
        return compareQualifiers(a.text, b.text);
    }

    private static int compareQualifiers(String a, String b) {
        int left = QUALIFIERS.indexOf(a);
        int right = QUALIFIERS.indexOf(b);
        if (left >= 0 && right >= 0) {
            return Integer.compare(left, right);
        }
        if (left >= 0 || right >= 0) {
            return left >= 0 ? -1 : 1;
        }
        return Integer.signum(a.compareTo(b));
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        String lower = text.strip().toLowerCase(Locale.ROOT);
        char separator = '-';
        int start = 0;
        for (int i = 0; i <= lower.length(); i++) {
            boolean end = i == lower.length();
            char c = end ? '.' : lower.charAt(i);
            boolean split = c == '.' || c == '-';
            boolean turn = !split && i > start && Digits.isDigit(c) != Digits.isDigit(lower.charAt(i - 1));
            if (split || turn) {
                boolean beforeNumber = turn && Digits.isDigit(c);
                tokens.add(new Token(separator, token(lower.substring(start, i), beforeNumber)));
                separator = turn ? '-' : c == '.' ? '.' : '-';
                start = turn ? i : i + 1;
            }
        }
        return trimmed(tokens);
    }

    private static String token(String text, boolean beforeNumber) {
        if (beforeNumber) {
            switch (text) {
                case "a" -> {
                    return QUALIFIERS.get(0);
                }
                case "b" -> {
                    return QUALIFIERS.get(1);
                }
                case "m" -> {
                    return QUALIFIERS.get(2);
                }
                default -> {}
            }
        }
        return switch (text) {
            case "" -> "0";
            case "cr" -> "rc";
            case "final", "ga", "release" -> QUALIFIERS.get(RELEASE);
            default -> text;
        };
    }

    /// Drops null values from the end, and from before each hyphen that remains.
    private static List<Token> trimmed(List<Token> tokens) {
        List<Token> kept = new ArrayList<>(tokens);
        int end = kept.size();
        while (end > 0) {
            int i = end - 1;
            while (i > 0 && kept.get(i).isNull()) {
                kept.remove(i--);
            }
            // on to the token before the next hyphen
            while (i > 0 && kept.get(i).separator != '-') {
                i--;
            }
            end = i;
        }
        return kept;
    }
}
