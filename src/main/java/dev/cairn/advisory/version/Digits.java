package dev.cairn.advisory.version;

/// Decimal numbers of any length, as text.
final class Digits {
    private Digits() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether it is a number: at least one digit and nothing else.
    static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// By value; the empty text is zero.
    static int compare(String a, String b) {
        int left = zeros(a);
        int right = zeros(b);
        int byLength = Integer.compare(a.length() - left, b.length() - right);
        return byLength != 0 ? byLength : a.substring(left).compareTo(b.substring(right));
    }

    static boolean isZero(String number) {
        return zeros(number) == number.length();
    }

    private static int zeros(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }
}
