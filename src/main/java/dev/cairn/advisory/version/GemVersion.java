package dev.cairn.advisory.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `Gem::Version`: numbers and words, a word older than any number, `-` meaning `.pre.`, zeros at the end of the
/// numbers and at the end of the whole not counting.
final class GemVersion {
    private GemVersion() {}

    static int compare(String a, String b) {
        List<String> left = segments(a);
        List<String> right = segments(b);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String x = i < left.size() ? left.get(i) : "0";
            String y = i < right.size() ? right.get(i) : "0";
            int order = compareSegments(x, y);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareSegments(String a, String b) {
        boolean leftNumber = Digits.isNumber(a);
        boolean rightNumber = Digits.isNumber(b);
        if (leftNumber && rightNumber) {
            return Digits.compare(a, b);
        }
        return leftNumber ? 1 : rightNumber ? -1 : Integer.signum(a.compareTo(b));
    }

    private static List<String> segments(String text) {
        String normal = text.strip().toLowerCase(Locale.ROOT).replace("-", ".pre.");
        List<String> numbers = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        int i = 0;
        while (i < normal.length()) {
            char c = normal.charAt(i);
            int end = i + 1;
            if (Character.isLetterOrDigit(c)) {
                boolean digit = Digits.isDigit(c);
                while (end < normal.length() && sameKind(normal.charAt(end), digit)) {
                    end++;
                }
                (rest.isEmpty() && digit ? numbers : rest).add(normal.substring(i, end));
            }
            i = end;
        }
        dropZeros(numbers);
        dropZeros(rest);
        numbers.addAll(rest);
        return numbers;
    }

    private static boolean sameKind(char c, boolean digit) {
        return digit ? Digits.isDigit(c) : Character.isLetter(c);
    }

    private static void dropZeros(List<String> segments) {
        while (!segments.isEmpty() && Digits.isNumber(segments.getLast()) && Digits.isZero(segments.getLast())) {
            segments.removeLast();
        }
    }
}
