package dev.cairn.advisory.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The order of what PEP 440 takes for no version, as setuptools had it before: words and numbers, numbers above words.
final class LegacyPythonVersion {
    private LegacyPythonVersion() {}

    static int compare(String a, String b) {
        List<String> left = key(a);
        List<String> right = key(b);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = comparePart(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int comparePart(String a, String b) {
        boolean number = Digits.isNumber(a) && Digits.isNumber(b);
        return number ? Digits.compare(a, b) : Integer.signum(a.compareTo(b));
    }

    private static List<String> key(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : parts(text.toLowerCase(Locale.ROOT))) {
            if (part.startsWith("*")) {
                if (part.compareTo("*final") < 0) {
                    while (!parts.isEmpty() && parts.getLast().equals("*final-")) {
                        parts.removeLast();
                    }
                }
                while (!parts.isEmpty() && Digits.isNumber(parts.getLast()) && Digits.isZero(parts.getLast())) {
                    parts.removeLast();
                }
            }
            parts.add(part);
        }
        return parts;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i + 1;
            if (Digits.isDigit(c) || isLetter(c)) {
                while (end < text.length()
                        && (Digits.isDigit(c) ? Digits.isDigit(text.charAt(end)) : isLetter(text.charAt(end)))) {
                    end++;
                }
            }
            String part = replaced(text.substring(i, end));
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(Digits.isDigit(part.charAt(0)) ? part : "*" + part);
            }
            i = end;
        }
        parts.add("*final");
        return parts;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static String replaced(String part) {
        return switch (part) {
            case "pre", "preview", "rc" -> "c";
            case "-" -> "final-";
            case "dev" -> "@";
            default -> part;
        };
    }
}
