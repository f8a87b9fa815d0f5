package dev.cairn.advisory.version;

import java.util.ArrayList;
import java.util.List;

/// Semantic Versioning 2.0.0 section 11, taken generously: a leading `v` or `=` is ignored, missing numbers are zero,
/// and what follows a third number without being a pre-release counts as build metadata.
final class SemanticVersion {
    private SemanticVersion() {}

    static int compare(String a, String b) {
        String left = core(a);
        String right = core(b);
        int leftDash = dash(left);
        int rightDash = dash(right);
        int byNumbers = compareNumbers(left.substring(0, leftDash), right.substring(0, rightDash));
        if (byNumbers != 0) {
            return byNumbers;
        }
        boolean leftPre = leftDash < left.length();
        boolean rightPre = rightDash < right.length();
        if (!leftPre || !rightPre) {
            return leftPre ? -1 : rightPre ? 1 : 0;
        }
        return comparePre(left.substring(leftDash + 1), right.substring(rightDash + 1));
    }

    /// The version without its prefix and its build metadata.
    private static String core(String text) {
        int start = 0;
        while (start < text.length() && "vV= ".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int plus = text.indexOf('+', start);
        return text.substring(start, plus < 0 ? text.length() : plus);
    }

    private static int dash(String text) {
        int dash = text.indexOf('-');
        return dash < 0 ? text.length() : dash;
    }

    private static int compareNumbers(String a, String b) {
        List<String> left = split(a);
        List<String> right = split(b);
        for (int i = 0; i < 3; i++) {
            String x = i < left.size() ? left.get(i) : "0";
            String y = i < right.size() ? right.get(i) : "0";
            int order = compareIdentifiers(x, y);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePre(String a, String b) {
        List<String> left = split(a);
        List<String> right = split(b);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compareIdentifiers(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /// Numbers by value and below words; words by their characters.
    private static int compareIdentifiers(String a, String b) {
        boolean leftNumber = Digits.isNumber(a);
        boolean rightNumber = Digits.isNumber(b);
        if (leftNumber && rightNumber) {
            return Digits.compare(a, b);
        }
        return leftNumber ? -1 : rightNumber ? 1 : Integer.signum(a.compareTo(b));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            parts.add(text.substring(start, dot));
            start = dot + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }
}
